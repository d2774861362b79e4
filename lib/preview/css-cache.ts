/**
 * The CSS of pages that were shown, by the content of their files: a frame that boots with the same files is styled before
 * Tailwind has been compiled (150 ms of a boot). Kept on this device; what is there is what a frame has sent, so it goes back
 * into frames only.
 */
import type { Files } from "#lib/project/files.ts";

const PREFIX = "triptych:css:";
const KEPT = 24;

export function cachedCss(files: Files): string | null {
  try {
    return localStorage.getItem(PREFIX + keyOf(files));
  } catch {
    // Storage is refused: every boot compiles.
    return null;
  }
}

export function cacheCss(files: Files, css: string): void {
  try {
    const key = PREFIX + keyOf(files);
    const kept = keptKeys().filter((each) => each !== key);
    for (const old of kept.slice(0, Math.max(0, kept.length - KEPT + 1))) forget(old);
    localStorage.setItem(key, css);
    localStorage.setItem(`${PREFIX}order`, [...keptKeys().filter((each) => each !== key), key].join(" "));
  } catch {
    // Storage is refused or full: every boot compiles.
  }
}

/** Oldest first. */
function keptKeys(): string[] {
  return (localStorage.getItem(`${PREFIX}order`) ?? "")
    .split(" ")
    .filter((key) => localStorage.getItem(key) !== null);
}

function forget(key: string): void {
  localStorage.removeItem(key);
}

/** Two FNV-1a hashes of 32 bits over paths and texts: ~1 ms for 100 KB. */
function keyOf(files: Files): string {
  let one = 0x811c9dc5;
  let two = 0x01000193;
  for (const [path, text] of files) {
    for (const part of [path, "\0", text, "\0"]) {
      for (let at = 0; at < part.length; at++) {
        const code = part.charCodeAt(at);
        one = Math.imul(one ^ code, 0x01000193);
        two = Math.imul(two ^ code, 0x85ebca6b);
      }
    }
  }
  return (one >>> 0).toString(36) + (two >>> 0).toString(36);
}
