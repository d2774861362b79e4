/** Two versions side by side: which files differ, and in which lines. */
import { lineSplices } from "#lib/document/line-diff.ts";
import type { Files } from "#lib/project/files.ts";

export type DiffLine = {
  kind: "same" | "added" | "removed";
  text: string;
  /** From 1; null where the line is not in that version. */
  before: number | null;
  after: number | null;
};
/** Lines that are the same far from any change are left out: `null` stands for them. */
export type FileDiff = {
  path: string;
  kind: "added" | "removed" | "changed";
  added: number;
  removed: number;
  lines: (DiffLine | null)[];
};

const CONTEXT_LINES = 3;

/** Sorted by path; files that are the same are not in it. */
export function compareFiles(before: Files, after: Files): FileDiff[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === is) return [];
    const lines = diffLines(was ?? "", is ?? "");
    return {
      path,
      kind: was === undefined ? "added" : is === undefined ? "removed" : "changed",
      added: lines.filter(({ kind }) => kind === "added").length,
      removed: lines.filter(({ kind }) => kind === "removed").length,
      lines: nearChanges(lines),
    };
  });
}

function diffLines(before: string, after: string): DiffLine[] {
  const lines: DiffLine[] = [];
  let [old, fresh] = [1, 1];
  let from = 0;
  const same = (text: string) => {
    for (const line of linesOf(text)) lines.push({ kind: "same", text: line, before: old++, after: fresh++ });
  };
  for (const { start, end, text } of lineSplices(before, after)) {
    same(before.slice(from, start));
    for (const line of linesOf(before.slice(start, end)))
      lines.push({ kind: "removed", text: line, before: old++, after: null });
    for (const line of linesOf(text)) lines.push({ kind: "added", text: line, before: null, after: fresh++ });
    from = end;
  }
  same(before.slice(from));
  return lines;
}

function linesOf(text: string): string[] {
  if (text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}

function nearChanges(lines: DiffLine[]): (DiffLine | null)[] {
  const near = new Set<number>();
  for (const [index, { kind }] of lines.entries())
    if (kind !== "same") for (let at = index - CONTEXT_LINES; at <= index + CONTEXT_LINES; at++) near.add(at);
  const shown: (DiffLine | null)[] = [];
  for (const [index, line] of lines.entries()) {
    if (near.has(index)) shown.push(line);
    else if (shown.at(-1) !== null) shown.push(null);
  }
  return shown;
}
