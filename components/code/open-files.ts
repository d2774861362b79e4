/** Which files of a variant lie open as tabs, and which one is in front: pure functions, and what this browser remembers of it. */
import { createKept } from "#lib/client/kept.ts";

export type OpenFiles = { paths: readonly string[]; front: string };

/** More would be a second list of all files. */
const MOST_TABS = 12;
const MOST_VARIANTS = 60;

export const openAtFirst: OpenFiles = { paths: ["/src/App.tsx"], front: "/src/App.tsx" };

export const keptFiles = createKept("triptych:files", parseOpen, MOST_VARIANTS);

/** In front of the others; a new one stands right of the one that was in front. The leftmost gives way when there are too many. */
export function opened({ paths, front }: OpenFiles, path: string): OpenFiles {
  if (paths.includes(path)) return { paths, front: path };
  const at = paths.indexOf(front) + 1;
  const more = [...paths.slice(0, at), path, ...paths.slice(at)];
  const surplus = more.length > MOST_TABS ? more.find((each) => each !== path && each !== front) : undefined;
  return { paths: more.filter((each) => each !== surplus), front: path };
}

/** The one on its right comes to the front, else the one on its left. The last one stays: an editor shows something. */
export function closed({ paths, front }: OpenFiles, path: string): OpenFiles {
  const at = paths.indexOf(path);
  if (at < 0 || paths.length === 1) return { paths, front };
  const left = paths.filter((each) => each !== path);
  return { paths: left, front: path === front ? (left[at] ?? left.at(-1) ?? front) : front };
}

/** Those that are there now: a file may be gone for a while, and come back by an undo. */
export function presentOf({ paths, front }: OpenFiles, existing: readonly string[]): OpenFiles {
  const there = paths.filter((path) => existing.includes(path));
  const shown = there.length > 0 ? there : existing.slice(0, 1);
  return { paths: shown, front: shown.includes(front) ? front : (nearest(paths, front, shown) ?? "") };
}

/** What a tab is called: its name, and its folder when two are called alike. */
export function tabNames(paths: readonly string[]): { path: string; name: string; folder: string }[] {
  const names = paths.map((path) => path.split("/").at(-1) ?? path);
  return paths.map((path, at) => {
    const isTwice = names.filter((name) => name === names[at]).length > 1;
    return { path, name: names[at] ?? path, folder: isTwice ? (path.split("/").at(-2) ?? "") : "" };
  });
}

function nearest(paths: readonly string[], front: string, shown: readonly string[]): string | undefined {
  const at = paths.indexOf(front);
  const order = [...paths.slice(at + 1), ...paths.slice(0, Math.max(0, at)).reverse()];
  return order.find((path) => shown.includes(path)) ?? shown[0];
}

export function parseOpen(stored: unknown): OpenFiles | null {
  const { paths, front } = (stored ?? {}) as { paths?: unknown; front?: unknown };
  if (!Array.isArray(paths) || typeof front !== "string") return null;
  const texts = paths.filter((path): path is string => typeof path === "string").slice(0, MOST_TABS);
  return texts.includes(front) ? { paths: texts, front } : null;
}
