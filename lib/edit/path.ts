/** What a model calls a file → a path of the project, or why not. Nothing it accepts leaves the project; idempotent. */
export type PathResult = { ok: true; path: string } | { ok: false; reason: "bad-path" };

const STRANGE = /^(?:\.\.|~|__proto__|constructor)$|,$/;
const BAD: PathResult = { ok: false, reason: "bad-path" };
/** A line that names a file is shorter. */
const MAX_LINE_CHARS = 400;
/** A new file there is a model's confusion of project and machine. */
const SYSTEM_ROOTS =
  /^\/(?:bin|dev|etc|home|lib|mnt|opt|private|proc|root|sbin|sys|tmp|usr|var|Users|Windows)(?:\/|$)/;

/** Strips decoration, resolves a leading "./" or a missing "/". `known`: paths that exist, for system roots and base names. */
export function normalisePath(raw: string, known: Iterable<string> = []): PathResult {
  const bare = undecorate(raw);
  if (bare === "" || bare.length > 300 || /[\\<>"'`|?*:]|\p{Cc}/u.test(bare)) return BAD;
  const parts = bare.split("/").filter((part) => part !== "" && part !== ".");
  const isStrange = parts.some((part) => STRANGE.test(part) || part.trim() !== part);
  if (parts.length === 0 || isStrange || bare.endsWith("/")) return BAD;
  const path = `/${parts.join("/")}`;
  const paths = [...known];
  if (paths.includes(path)) return { ok: true, path };
  const similar = findSimilar(path, paths);
  if (similar) return { ok: true, path: similar };
  return SYSTEM_ROOTS.test(path) ? BAD : { ok: true, path };
}

/** Same but for upper and lower case, or a bare file name that only one file has. */
function findSimilar(path: string, paths: string[]): string | null {
  const sameLetters = paths.filter((known) => known.toLowerCase() === path.toLowerCase());
  if (sameLetters.length === 1) return sameLetters[0] ?? null;
  if (path.lastIndexOf("/") > 0) return null;
  const sameName = paths.filter((known) => known.endsWith(path));
  return sameName.length === 1 ? (sameName[0] ?? null) : null;
}

/** "**src/App.tsx**:", "# `a.tsx`", "- File: a.tsx" → the path alone. */
function undecorate(raw: string): string {
  return (
    raw
      .trim()
      .replace(/^(?:[-*]\s+|#+\s*|\d+\.\s+|\/\/\s*|<!--\s*|\/\*\s*)/, "")
      .replace(/^(?:file(?:name|path)?|path)\s*[:=]\s*/i, "")
      .replace(/\s*(?:-->|\*\/)$/, "")
      .replace(/^[*`'"]+|[*`'":,]+$/g, "")
      .replace(/[*`'"]+$/, "")
      // Underscores are emphasis only around all of it: "__tests__/a.ts" is a name.
      .replace(/^_+(.*[^_])_+$/, "$1")
      .trim()
  );
}

/** Does a line of prose name a file and nothing else? Returns what it names, undecorated; null otherwise. */
export function pathInLine(line: string): string | null {
  if (line.length > MAX_LINE_CHARS) return null;
  const bare = undecorate(line);
  return /^[\w@()[\].\-/]+\.[A-Za-z0-9]{1,8}$/.test(bare) ? bare : null;
}

/** The last name of a file in a sentence: in backticks, bold, or with a folder at its end. */
export function pathInSentence(line: string): string | null {
  if (line.length > MAX_LINE_CHARS) return null;
  const marked = /(?:`|\*\*)([\w@()[\].\-/]+\.[A-Za-z0-9]{1,8})(?:`|\*\*)[^`*]*$/.exec(line);
  if (marked?.[1]) return marked[1];
  const last =
    line
      .trimEnd()
      .split(/\s+/)
      .at(-1)
      ?.replace(/[:.,]+$/, "") ?? "";
  return /^[\w@()[\].-]*(?:\/[\w@()[\].-]+)+\.[A-Za-z0-9]{1,8}$/.test(last) ? last : null;
}
