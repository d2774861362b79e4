/**
 * One line of JSON per event, on standard error: time, level, what, and a reason. Reasons come from errors and may repeat what
 * they were given, so that secrets are taken out: keys, tokens of links, passwords in addresses (safety.md T25).
 */
export type Log = (level: "info" | "error", what: string, reason?: string) => void;

const SECRETS: [RegExp, string][] = [
  // postgres://user:password@host
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi, "$1:•••@"],
  [/\b(sk|pk|key|xai|gsk|AIza)[-_][A-Za-z0-9_-]{8,}/g, "$1-•••"],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/gi, "$1 •••"],
  [
    /(\b(?:token|password|secret|api[-_]?key|authorization|cookie)["']?\s*[=:]\s*["']?)[^\s"',;&}]+/gi,
    "$1•••",
  ],
  // The fragment of a link holds its token.
  [/(\/s\/[\w-]+)#[\w-]+/g, "$1#•••"],
];

export function withoutSecrets(text: string): string {
  return SECRETS.reduce((clean, [pattern, instead]) => clean.replace(pattern, instead), text);
}

export function createLog(write: (line: string) => void = (line) => void process.stderr.write(line)): Log {
  return (level, what, reason) => {
    const entry = { time: new Date().toISOString(), level, what: withoutSecrets(what) };
    write(`${JSON.stringify(reason === undefined ? entry : { ...entry, reason: withoutSecrets(reason) })}\n`);
  };
}
