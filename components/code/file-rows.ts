/** Paths as the rows of a tree: folders first, then files, each level in the order of the alphabet. */
export type FileRow = {
  path: string;
  name: string;
  /** From 1. */
  level: number;
  kind: "folder" | "file";
  isOpen: boolean;
  position: number;
  siblings: number;
};

type Folder = { folders: Map<string, Folder>; files: string[] };

export function rowsOf(paths: readonly string[], closed: ReadonlySet<string>): FileRow[] {
  const root: Folder = { folders: new Map(), files: [] };
  for (const path of paths) {
    const parts = path.slice(1).split("/");
    const name = parts.pop() ?? "";
    let folder = root;
    for (const part of parts) {
      const next = folder.folders.get(part) ?? { folders: new Map(), files: [] };
      folder.folders.set(part, next);
      folder = next;
    }
    folder.files.push(name);
  }
  return rowsIn(root, "", 1, closed);
}

function rowsIn(folder: Folder, at: string, level: number, closed: ReadonlySet<string>): FileRow[] {
  const siblings = folder.folders.size + folder.files.length;
  let position = 0;
  const rows: FileRow[] = [];
  for (const name of [...folder.folders.keys()].sort()) {
    const path = `${at}/${name}`;
    const isOpen = !closed.has(path);
    rows.push({ path, name, level, kind: "folder", isOpen, position: ++position, siblings });
    const inner = folder.folders.get(name);
    if (isOpen && inner) rows.push(...rowsIn(inner, path, level + 1, closed));
  }
  for (const name of [...folder.files].sort())
    rows.push({
      path: `${at}/${name}`,
      name,
      level,
      kind: "file",
      isOpen: false,
      position: ++position,
      siblings,
    });
  return rows;
}

/** The folder that a new file goes to when this row is the current one. */
export function folderOf(row: FileRow | undefined): string {
  if (!row) return "/src";
  return row.kind === "folder" ? row.path : row.path.slice(0, row.path.lastIndexOf("/"));
}
