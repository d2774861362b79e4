/**
 * Edits that failed → one more request for exactly them: each with why, what was searched, the real lines around, and what was
 * meant. Sent behind the same first messages, so that the provider's cache still fits (edits.md §9).
 */
import { reasonWords } from "#lib/project/reasons.ts";
import type { FailedEdit } from "#lib/project/rows.ts";
import type { Prompt } from "./types.ts";

/** Real lines shown on each side of the nearest ones. */
const CONTEXT_LINES = 3;
const OUTPUT_TOKENS = 2_000;
const MAX_EDITS = 10;
const MAX_TEXT_CHARS = 6_000;

/** `read` gives a file's present text. */
export function buildRepair(
  prompt: Prompt,
  failed: readonly FailedEdit[],
  read: (path: string) => string | null,
): Prompt {
  const parts = failed.slice(0, MAX_EDITS).map((edit, index) => describe(edit, index + 1, read));
  const content = `Your answer was applied, apart from the edits below. Send only these again, corrected, in the same form;
nothing else, no prose. SEARCH lines must stand in the file exactly as shown under "The file now".

${parts.join("\n\n")}`;
  return {
    ...prompt,
    messages: [...prompt.messages, { role: "user", content }],
    maxOutputTokens: OUTPUT_TOKENS,
  };
}

function describe(edit: FailedEdit, number: number, read: (path: string) => string | null): string {
  const { path, reason, search, text } = edit;
  const parts = [`## ${number}. ${path ?? "(no file named)"}: ${reasonWords(reason)}`];
  if (search.trim()) parts.push(`Searched:\n${clip(search)}`);
  if (text.trim()) parts.push(`Meant to be written:\n${clip(text)}`);
  const now = path === null ? null : read(path);
  if (now !== null) parts.push(`The file now:\n${excerpt(now, edit.nearest)}`);
  return parts.join("\n");
}

/** The nearest lines with their neighbours, numbered; the beginning of the file when there are none. */
function excerpt(text: string, nearest: FailedEdit["nearest"]): string {
  const lines = text.split("\n");
  const wanted = new Set<number>();
  for (const { line } of nearest.length > 0 ? nearest : [{ line: 1 }])
    for (let at = line - CONTEXT_LINES; at <= line + CONTEXT_LINES; at++)
      if (at >= 1 && at <= lines.length) wanted.add(at);
  return [...wanted]
    .sort((a, b) => a - b)
    .map((at) => `${at}: ${lines[at - 1]}`)
    .join("\n");
}

function clip(text: string): string {
  return text.length > MAX_TEXT_CHARS ? `${text.slice(0, MAX_TEXT_CHARS)}\n(cut)` : text;
}
