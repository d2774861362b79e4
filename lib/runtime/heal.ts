/**
 * Half-written text → sources that may run, best first: cut at a safe point, close what is open. Nothing is cut inside call
 * arguments, hook callbacks or half objects: a half effect that loops is worse than a line that waits (preview.md §6).
 */
import { type Language, languageOf } from "#lib/edit/language.ts";
import { closersOf, createScanner, type OpenFrame, type SafePoint, type Scanner } from "#lib/edit/scanner.ts";

/** Heals one file while it grows: what was read stays read, so a frame costs only what is new. */
export class Healer {
  private scanner: Scanner | null = null;
  /** Text that the scanner has taken. */
  private scanned = "";
  private regionAt = 0;
  private base = 0;

  /** `after` is the document behind the draft's region; with it only what the draft opened is closed. */
  *healed(path: string, before: string, partial: string, after: string): Generator<string> {
    const language = languageOf(path);
    if (language === "json" || language === "text") return;
    if (language === "css") {
      yield closeCss(before + partial, after === "" ? 0 : depthOf(before)) + after;
      return;
    }
    const whole = before + partial;
    const scanner = this.scan(language, whole, after === "" ? 0 : before.length);
    const seen = new Set<number>();
    for (const point of scanner.safePoints()) {
      const { position, quote, frame } = point;
      if (position < before.length || seen.has(position) || !isSafe(point, this.base)) continue;
      seen.add(position);
      yield whole.slice(0, position) + quote + closersOf(frame, this.base) + after;
    }
  }

  /** The scanner behind `whole`; safe points are those of the region that begins at `regionAt`. */
  private scan(language: Language, whole: string, regionAt: number): Scanner {
    if (!this.scanner || regionAt !== this.regionAt || !whole.startsWith(this.scanned)) {
      this.scanner = createScanner(language);
      this.scanned = whole.slice(0, regionAt);
      this.regionAt = regionAt;
      this.scanner.feed(this.scanned);
      this.base = regionAt === 0 ? 0 : this.scanner.depth();
      this.scanner.forgetSafePoints();
    }
    this.scanner.feed(whole.slice(this.scanned.length));
    this.scanned = whole;
    return this.scanner;
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

/** Drops a declaration without its ";", closes comments, and braces down to the depth at which the document goes on. */
function closeCss(text: string, depth: number): string {
  const cut = Math.max(text.lastIndexOf(";"), text.lastIndexOf("{"), text.lastIndexOf("}")) + 1;
  const whole = text.slice(0, cut).replace(/\/\*(?![\s\S]*\*\/)[\s\S]*$/, "");
  return whole + "}".repeat(Math.max(0, depthOf(whole) - depth));
}

function depthOf(css: string): number {
  let depth = 0;
  for (const character of css) depth += character === "{" ? 1 : character === "}" ? -1 : 0;
  return depth;
}
