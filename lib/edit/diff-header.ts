/** The lines before the hunks of a unified diff: which file it is, and what happens to it. */

export type DiffHeader = {
  oldPath: string | null;
  newPath: string | null;
  isNew: boolean;
  isDeleted: boolean;
  isRenamed: boolean;
};

export function emptyHeader(): DiffHeader {
  return { oldPath: null, newPath: null, isNew: false, isDeleted: false, isRenamed: false };
}

/** Reads one header line into `header`; false when it is none. */
export function readHeaderLine(line: string, header: DiffHeader): boolean {
  const git = /^diff --git (?:"?a\/(.+?)"? "?b\/(.+?)"?|(\S+) (\S+))\s*$/.exec(line);
  if (git) {
    header.oldPath = git[1] ?? git[3] ?? null;
    header.newPath = git[2] ?? git[4] ?? null;
  } else if (line.startsWith("--- ")) setOld(header, pathOf(line));
  else if (line.startsWith("+++ ")) setNew(header, pathOf(line));
  else if (/^rename (?:from|to) /.test(line)) setRename(header, line);
  else if (line.startsWith("new file mode")) header.isNew = true;
  else if (line.startsWith("deleted file mode")) header.isDeleted = true;
  else return OTHER.test(line);
  return true;
}

const OTHER =
  /^(?:diff |index |Index: |={20,}|similarity |dissimilarity |old mode|new mode|copy |Binary files )/;

function setOld(header: DiffHeader, path: string): void {
  if (path === "/dev/null") header.isNew = true;
  else header.oldPath = withoutSide(path, "a/");
}

function setNew(header: DiffHeader, path: string): void {
  if (path === "/dev/null") header.isDeleted = true;
  else header.newPath = withoutSide(path, "b/");
}

function setRename(header: DiffHeader, line: string): void {
  header.isRenamed = true;
  const path = unquote(line.replace(/^rename (?:from|to) /, "").trim());
  if (line.startsWith("rename from")) header.oldPath = path;
  else header.newPath = path;
}

/** "--- a/my file.ts\t2024-01-01" → "a/my file.ts" */
function pathOf(line: string): string {
  return unquote((line.slice(4).split("\t")[0] ?? "").trim());
}

function withoutSide(path: string, side: string): string {
  return path.startsWith(side) ? path.slice(side.length) : path;
}

/** Git quotes names with unusual characters and writes their UTF-8 bytes in octal. */
function unquote(path: string): string {
  if (!/^".*"$/.test(path)) return path;
  const escaped = path
    .slice(1, -1)
    .replace(/\\(?:([0-7]{3})|(.))/g, (_whole, octal?: string, letter?: string) => {
      if (octal) return `%${Number.parseInt(octal, 8).toString(16).padStart(2, "0")}`;
      return encodeURIComponent(LETTERS[letter ?? ""] ?? letter ?? "");
    });
  try {
    return decodeURIComponent(escaped);
  } catch {
    // No UTF-8: the name stays as it was written and will name no file.
    return path;
  }
}

const LETTERS: Record<string, string> = { n: "\n", t: "\t" };
