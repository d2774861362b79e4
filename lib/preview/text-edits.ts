/**
 * Texts that are edited in a page, into the document. The page is untrusted: it may only change a text that stands as such in the
 * source, to another text, while a person is at work in it; and only where the document still says what the person saw.
 */

import type { Origin } from "#lib/document/types.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import type { TextLiteral } from "#lib/edit/text-literal.ts";
import { literalAt, quoteOf, shownText, writtenText } from "#lib/edit/text-literal.ts";
import type { FromFrame } from "./protocol.ts";

export type TextEditMessage = Extract<FromFrame, { type: "triptych:text" }>;
export type Refusal = "not-a-text" | "changed-meanwhile" | "too-long";

type Session = {
  path: string;
  kind: TextLiteral["kind"];
  quote: string;
  start: string;
  end: string;
  raw: string;
  was: string;
  text: string;
};

/** A text as it was read before it was edited, and as it is read now. */
export type TextChange = { path: string; was: string; text: string };

export type TextEdits = {
  /** One keystroke. Null when it is in. */
  take(message: TextEditMessage): Refusal | null;
  /** What became of it; null: nothing. */
  end(id: string): TextChange | null;
};

const MAX_CHARS = 2_000;
/** More than one text is edited at a time only by mistake. */
const MAX_SESSIONS = 4;

export const REFUSALS: Record<Refusal, string> = {
  "not-a-text":
    "This text is not written as such in the code, so it cannot be edited here. Ask the model instead.",
  "changed-meanwhile": "Somebody changed this text meanwhile: yours was not put in. Double click it again.",
  "too-long": `A text edited in the page may have ${MAX_CHARS.toLocaleString("en")} characters. Longer ones go into the code.`,
};

/** `origin` is one object for all of them, so that whoever undoes them knows them by it. */
export function createTextEdits(document: VariantDocument, origin: Origin): TextEdits {
  const sessions = new Map<string, Session>();

  function open({ id, path, start, end, was }: TextEditMessage): Session | Refusal {
    const source = document.read(path) ?? "";
    const raw = source.slice(start, end);
    const literal = literalAt(path, source, start, end);
    if (!literal) return "not-a-text";
    if (shownText(literal.kind, raw) !== was) return "changed-meanwhile";
    if (sessions.size >= MAX_SESSIONS) sessions.clear();
    const quote = quoteOf(source, literal);
    const session = { path, kind: literal.kind, quote, ...anchors(path, start, end), raw, was, text: was };
    sessions.set(id, session);
    return session;
  }

  function anchors(path: string, start: number, end: number): { start: string; end: string } {
    return {
      start: document.anchor(path, start, "start") ?? "",
      end: document.anchor(path, end, "end") ?? "",
    };
  }

  return {
    take(message) {
      if (message.text.length > MAX_CHARS) return "too-long";
      const session = sessions.get(message.id) ?? open(message);
      if (typeof session === "string") return session;
      const { path, kind, quote, raw } = session;
      const start = document.resolve(path, session.start) ?? -1;
      const end = document.resolve(path, session.end) ?? -1;
      if (start < 0 || document.read(path)?.slice(start, end) !== raw) {
        sessions.delete(message.id);
        return "changed-meanwhile";
      }
      const next = writtenText(kind, message.text, quote);
      const { at, cut, put } = difference(raw, next);
      document.splice(path, start + at, start + at + cut, put, origin);
      Object.assign(session, anchors(path, start, start + next.length), { raw: next, text: message.text });
      return null;
    },
    end(id) {
      const session = sessions.get(id);
      sessions.delete(id);
      if (!session || session.text === session.was) return null;
      const { path, was, text } = session;
      return { path, was, text };
    },
  };
}

/** The smallest splice: whoever types elsewhere in the same text keeps it. */
function difference(before: string, after: string): { at: number; cut: number; put: string } {
  const most = Math.min(before.length, after.length);
  let at = 0;
  while (at < most && before[at] === after[at]) at++;
  let same = 0;
  while (same < most - at && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { at, cut: before.length - at - same, put: after.slice(at, after.length - same) };
}
