/** Which other variants a prompt speaks of: "like B's hero", "the prices from C". "A" is an article unless it owns something. */
const MENTION = /\b(?:(?:from|in|of|as|like|variant)\s+(?:variant\s+)?([A-H])\b|([A-H])['’]s?\b)/g;

export function lettersMentioned(text: string): string[] {
  return [...new Set([...text.matchAll(MENTION)].map((match) => match[1] ?? match[2] ?? ""))];
}
