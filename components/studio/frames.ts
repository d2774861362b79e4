/** The running frames by their position on the table, for keys and commands that act on one: restart, reload, pause. */
import type { PreviewHandle } from "#lib/preview/preview-frame.tsx";

const frames = new Map<number, PreviewHandle>();

/** Says which frame stands at a position; returns how to take it back. */
export function registerFrame(position: number, handle: PreviewHandle): () => void {
  frames.set(position, handle);
  return () => {
    if (frames.get(position) === handle) frames.delete(position);
  };
}

export function frameAt(position: number): PreviewHandle | null {
  return frames.get(position) ?? null;
}

/** All that stand beside one: what scrolls in step with it. */
export function othersThan(position: number): PreviewHandle[] {
  return [...frames].filter(([each]) => each !== position).map(([, handle]) => handle);
}
