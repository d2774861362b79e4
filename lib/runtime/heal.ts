/**
 * Half-written text → sources that may run, best first: cut at a safe point, close what is open. Nothing is cut inside call
 * arguments, hook callbacks or half objects: a half effect that loops is worse than a line that waits (preview.md §6).
 */
import { languageOf } from "#lib/edit/language.ts";
import { closersOf, createScanner, type OpenFrame, type SafePoint } from "#lib/edit/scanner.ts";

/** `after` is the document behind the draft's region; with it only what the draft opened is closed. */
export function* healed(path: string, before: string, partial: string, after: string): Generator<string> {
  const language = languageOf(path);
  if (language === "json" || language === "text") return;
  const scanner = createScanner(language);
  scanner.feed(before);
  const base = after === "" ? 0 : scanner.depth();
  scanner.forgetSafePoints();
  scanner.feed(partial);
  if (language === "css") {
    yield closeCss(before + partial) + after;
    return;
  }
  const seen = new Set<number>();
  for (const point of scanner.safePoints()) {
    if (seen.has(point.position) || !isSafe(point, base)) continue;
    seen.add(point.position);
    const kept = partial.slice(0, Math.max(0, point.position - before.length));
    yield before + kept + point.quote + closersOf(point.frame, base) + after;
  }
}

function isSafe({ kind, frame }: SafePoint, base: number): boolean {
  if (frame.depth < base) return false;
  if (kind === "statement" || kind === "start")
    return every(frame, base, (open) => open.kind === "{" && !open.object);
  if (kind !== "element" || frame.kind === "[") return true;
  // A property of an object: no call or JSX around it, and not a half row of an array.
  return frame.parent?.kind !== "[" && every(frame, 0, (open) => open.kind !== "(" && open.kind !== "jsx");
}

function every(frame: OpenFrame, base: number, holds: (open: OpenFrame) => boolean): boolean {
  for (let open: OpenFrame | null = frame; open && open.depth > base; open = open.parent)
    if (!holds(open)) return false;
  return true;
}

/** Drops a declaration without its ";", closes comments and braces by depth. */
function closeCss(text: string): string {
  const cut = Math.max(text.lastIndexOf(";"), text.lastIndexOf("{"), text.lastIndexOf("}")) + 1;
  const whole = text.slice(0, cut).replace(/\/\*(?![\s\S]*\*\/)[\s\S]*$/, "");
  let depth = 0;
  for (const character of whole) depth += character === "{" ? 1 : character === "}" ? -1 : 0;
  return whole + "}".repeat(Math.max(0, depth));
}
