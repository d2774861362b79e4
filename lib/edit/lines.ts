/** The lines of a text with their places. A line ends at LF, CRLF or a lone CR; a last empty line is no line. */
export type Line = { text: string; start: number; end: number };

/** `start` of the first line is `from`, which must be the beginning of a line; `end` is behind the line end. */
export function splitLines(text: string, from = 0): Line[] {
  const lines: Line[] = [];
  const hasLoneReturns = hasLoneReturn(text);
  for (let start = from; start < text.length; ) {
    const end = hasLoneReturns ? anyLineEnd(text, start) : lineEnd(text, start);
    lines.push({ text: withoutLineEnd(text.slice(start, end)), start, end });
    start = end;
  }
  return lines;
}

/** Behind the line feed that ends the line which `offset` is in. */
function lineEnd(text: string, offset: number): number {
  const at = text.indexOf("\n", offset);
  return at < 0 ? text.length : at + 1;
}

function anyLineEnd(text: string, offset: number): number {
  for (let at = offset; at < text.length; at++) {
    if (text[at] === "\n") return at + 1;
    if (text[at] === "\r") return text[at + 1] === "\n" ? at + 2 : at + 1;
  }
  return text.length;
}

function hasLoneReturn(text: string): boolean {
  for (let at = text.indexOf("\r"); at >= 0; at = text.indexOf("\r", at + 1))
    if (text[at + 1] !== "\n") return true;
  return false;
}

export function withoutLineEnd(line: string): string {
  if (line.endsWith("\r\n")) return line.slice(0, -2);
  return line.endsWith("\n") || line.endsWith("\r") ? line.slice(0, -1) : line;
}

/** What ends the first line of a text: what new lines of the file end with. */
export function lineEndOf(text: string): string {
  const at = text.indexOf("\n");
  if (at < 0) return text.includes("\r") ? "\r" : "\n";
  return text[at - 1] === "\r" ? "\r\n" : "\n";
}

/** The beginning of the line that `offset` is in. */
export function lineStartBefore(text: string, offset: number): number {
  if (offset === 0) return 0;
  return Math.max(text.lastIndexOf("\n", offset - 1), loneReturnBefore(text, offset - 1)) + 1;
}

function loneReturnBefore(text: string, offset: number): number {
  if (text.includes("\n")) return -1;
  return text.lastIndexOf("\r", offset);
}

/** Behind the end of the line that `offset` is in; `offset` itself when that is the beginning of a line. */
export function lineEndBehind(text: string, offset: number): number {
  if (offset === lineStartBefore(text, offset)) return offset;
  return text.includes("\n") ? lineEnd(text, offset) : anyLineEnd(text, offset);
}

export function lineNumberAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
