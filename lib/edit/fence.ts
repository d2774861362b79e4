/** Markdown fences: reading their opening lines, and counting those that are opened inside. */
export type Fence = { character: string; length: number; info: string };

/** "```tsx src/App.tsx" → its parts; null when the line is no fence. */
export function readFence(line: string): Fence | null {
  const match = /^\s{0,3}(`{3,}|~{3,})\s*([^`]*)$/.exec(line);
  if (!match) return null;
  const mark = match[1] ?? "";
  return { character: mark[0] ?? "`", length: mark.length, info: (match[2] ?? "").trim() };
}

export function closesFence(line: string, open: Fence): boolean {
  const fence = readFence(line);
  return (
    fence !== null && fence.character === open.character && fence.length >= open.length && fence.info === ""
  );
}

/** The path in a fence's info string: "tsx src/App.tsx", "tsx path=…", "tsx {path=…}", "tsx:src/App.tsx", `title="…"`. */
export function pathInInfo(info: string): string | null {
  const named = /(?:path|title|file(?:name)?)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'}]+))/.exec(info);
  if (named) return named[1] ?? named[2] ?? named[3] ?? null;
  const word = info.split(/[\s:]+/).find((part) => /^[\w@()[\].\-/]+\.[A-Za-z0-9]{1,8}$/.test(part));
  return word ?? null;
}
