/**
 * Reads JSON while it arrives: which value is open, and its text decoded as it comes. Each character is read once. Forgives
 * what models get wrong: line breaks in strings, escapes that are none, missing commas and closers (edits.md §7).
 */

export type JsonEvent =
  | { type: "object-start" }
  | { type: "object-end" }
  /** A string value begins; `key` is null in a list or at the top. */
  | { type: "text-start"; key: string | null }
  | { type: "text"; text: string }
  | { type: "text-end" }
  /** A number or a word. */
  | { type: "scalar"; key: string | null; value: string };

type Container = { kind: "{" | "["; key: string | null };

const ESCAPES: Record<string, string> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  "/": "/",
  "\\": "\\",
  '"': '"',
};

export class JsonReader {
  private readonly stack: Container[] = [];
  private state: "between" | "key" | "text" | "scalar" = "between";
  private key: string | null = null;
  private buffer = "";
  /** An escape that is not complete: "\", "\u00". */
  private escape = "";
  private events: JsonEvent[] = [];

  /** The events of this piece, in order. */
  push(text: string): JsonEvent[] {
    this.events = [];
    for (let at = 0; at < text.length; at++) at = this.step(text, at);
    if (this.state === "text") this.flushText();
    return this.events;
  }

  /** Nothing is open but brackets: an answer that ended by itself may lack those. */
  isBetweenValues(): boolean {
    return this.state === "between";
  }

  isOpen(): boolean {
    return this.stack.length > 0 || this.state !== "between";
  }

  /** Reads one character, or all characters of a string that need no thought; returns the last that was read. */
  private step(text: string, at: number): number {
    const character = text[at] as string;
    if (this.state === "text" || this.state === "key") {
      if (this.escape !== "") this.stepEscape(character);
      else if (character === "\\") this.escape = "\\";
      else if (character === '"') this.endString();
      else return this.plain(text, at);
      return at;
    }
    if (this.state === "scalar" && /[\w.+-]/.test(character)) this.buffer += character;
    else this.stepBetween(character);
    return at;
  }

  private plain(text: string, from: number): number {
    let to = from + 1;
    while (to < text.length && text[to] !== '"' && text[to] !== "\\") to++;
    this.buffer += text.slice(from, to);
    return to - 1;
  }

  private stepBetween(character: string): void {
    if (this.state === "scalar") this.endScalar();
    if (character === '"') this.beginString();
    else if (character === "{" || character === "[") this.open(character);
    else if (character === "}" || character === "]") this.close();
    else if (character === ",") this.key = null;
    else if (/[\w-]/.test(character)) {
      this.state = "scalar";
      this.buffer = character;
    }
  }

  private beginString(): void {
    const isKey = this.stack.at(-1)?.kind === "{" && this.key === null;
    this.state = isKey ? "key" : "text";
    this.buffer = "";
    if (!isKey) this.events.push({ type: "text-start", key: this.currentKey() });
  }

  private endString(): void {
    if (this.state === "key") this.key = this.buffer;
    else {
      this.flushText();
      this.events.push({ type: "text-end" });
      this.key = null;
    }
    this.state = "between";
    this.buffer = "";
  }

  private endScalar(): void {
    this.events.push({ type: "scalar", key: this.currentKey(), value: this.buffer });
    this.state = "between";
    this.key = null;
    this.buffer = "";
  }

  private open(kind: "{" | "["): void {
    this.stack.push({ kind, key: this.key });
    this.key = null;
    if (kind === "{") this.events.push({ type: "object-start" });
  }

  private close(): void {
    const closed = this.stack.pop();
    this.key = null;
    if (closed?.kind === "{") this.events.push({ type: "object-end" });
  }

  private currentKey(): string | null {
    return this.key ?? this.stack.at(-1)?.key ?? null;
  }

  private stepEscape(character: string): void {
    this.escape += character;
    if (this.escape === "\\u" || (this.escape.startsWith("\\u") && this.escape.length < 6)) return;
    this.buffer += decodeEscape(this.escape);
    this.escape = "";
  }

  private flushText(): void {
    if (this.buffer !== "") this.events.push({ type: "text", text: this.buffer });
    this.buffer = "";
  }
}

/** What is no escape is text: a model that writes `\d` means both characters. */
function decodeEscape(sequence: string): string {
  if (!sequence.startsWith("\\u")) return ESCAPES[sequence[1] ?? ""] ?? sequence;
  const digits = sequence.slice(2);
  return /^[\da-f]{4}$/i.test(digits) ? String.fromCharCode(Number.parseInt(digits, 16)) : sequence;
}
