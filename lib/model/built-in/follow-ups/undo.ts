/**
 * "Undo that": what was asked so far is done again without the last of it, and the difference is taken back. Lines that someone else has
 * changed since stay as they are; an answer of a language model cannot be done again, and is not touched.
 */
import type { Files } from "#lib/project/files.ts";
import { templateFiles } from "#lib/project/template.ts";
import type { PromptRequest } from "#lib/prompt/types.ts";

export const UNDO =
  /^\s*(?:(?:no|oh|sorry|please|ok(?:ay)?|hmm|wait|actually)[,\s]+)*(?:undo\b(?: (?:that|this|it|the last(?: (?:change|one|step))?))?|(?:take|put|change|turn|switch|bring) (?:that|it|this|everything) back\b(?: (?:please|again))?|revert\b(?: (?:that|this|it|the last change))?|go back\b|back\b|step back\b|(?:as|like|how) it was(?: before)?|(?:that|it) was better(?: before)?|i liked it better before|forget that|never ?mind that|not (?:that|like that|this)|make it (?:like|as|how) it was(?: before)?)[.!\s]*(?:please|again)?[.!\s]*$/i;
export const REDO =
  /^\s*(?:redo\b(?: (?:that|this|it))?|undo the undo|again after all|bring (?:that|it) back after all|do it again after all|restore that(?: again)?)[.!\s]*$/i;

/** Does one prompt on files; the same as when it was asked. */
export type Replay = (files: Files, request: PromptRequest) => Files;

export type Undone = { files: Map<string, string>; said: string };

export function undo(request: PromptRequest, replay: Replay): Undone {
  const states = statesOf(request, replay);
  const { at } = position(request, states.length);
  const [after, before] = [states[at], states[at - 1]];
  if (!after || !before || at < 2)
    return kept(
      request,
      "There is nothing before this that I could go back to: I know only what was asked in this variant. Its history in the time line goes further.",
    );
  return taken(request, after, before, request.history[at - 1]?.prompt ?? "");
}

export function redo(request: PromptRequest, replay: Replay): Undone {
  const states = statesOf(request, replay);
  const { at, top } = position(request, states.length);
  const [now, next] = [states[at], states[at + 1]];
  if (!now || !next || at >= top) return kept(request, "There is nothing that was undone just before.");
  return taken(request, now, next, request.history[at]?.prompt ?? "");
}

/** States by number of effective prompts; undone ones are passed over. */
function statesOf(request: PromptRequest, replay: Replay): Files[] {
  const states: Files[] = [templateFiles];
  for (const [index, { prompt }] of request.history.entries()) {
    const files = states.at(-1) ?? templateFiles;
    const kind = index === 0 ? "create" : "change";
    const isStep = UNDO.test(prompt) || REDO.test(prompt);
    states.push(
      isStep
        ? files
        : replay(files, { ...request, kind, text: prompt, files, history: request.history.slice(0, index) }),
    );
  }
  return states;
}

/** Where undoing has led so far: every "undo" goes one back, a new wish starts from there. */
function position({ history }: PromptRequest, count: number): { at: number; top: number } {
  const steps: number[] = [];
  let pointer = 0;
  for (const [index, { prompt }] of history.entries()) {
    if (UNDO.test(prompt)) pointer = Math.max(0, pointer - 1);
    else if (REDO.test(prompt)) pointer = Math.min(steps.length, pointer + 1);
    else {
      steps.length = pointer;
      steps.push(index + 1);
      pointer = steps.length;
    }
  }
  return { at: Math.min(steps[pointer - 1] ?? 0, count - 1), top: steps.at(-1) ?? 0 };
}

function taken(request: PromptRequest, after: Files, before: Files, prompt: string): Undone {
  const files = new Map(request.files);
  const left: string[] = [];
  let changed = 0;
  for (const path of new Set([...after.keys(), ...before.keys()])) {
    const [from, into, now] = [after.get(path), before.get(path), request.files.get(path)];
    if (from === into || now === undefined || into === undefined) continue;
    const next = now === from ? into : mergedBack(now, from ?? "", into);
    if (next === null) left.push(path);
    else if (next !== now) changed++;
    if (next !== null) files.set(path, next);
  }
  const name = prompt.length > 60 ? `${prompt.slice(0, 57)}…` : prompt;
  if (changed === 0)
    return kept(
      request,
      `I could not take back “${name}”: what it changed was changed again by someone else. The time line can go back to before it.`,
    );
  const rest = left.length > 0 ? ` ${left.join(" and ")} was changed since, so I left it.` : "";
  return { files, said: `Took back “${name}”.${rest}` };
}

function kept(request: PromptRequest, said: string): Undone {
  return { files: new Map(request.files), said };
}

/** The changed lines alone, where they still stand; null when they do not. */
function mergedBack(now: string, from: string, into: string): string | null {
  const [a, b] = [from.split("\n"), into.split("\n")];
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail++;
  const changed = a.slice(Math.max(0, head - 1), a.length - tail + 1).join("\n");
  const old = b.slice(Math.max(0, head - 1), b.length - tail + 1).join("\n");
  const at = now.indexOf(changed);
  if (changed === "" || at < 0 || now.indexOf(changed, at + 1) >= 0) return null;
  return now.slice(0, at) + old + now.slice(at + changed.length);
}
