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

/** It hung on something that is not remembered: what was pointed at, how another variant was then. */
const ONCE = /^(?:Here: |Took .+ of [A-H]\.|The (?:colours|type) (?:are|is) those of [A-H] now)/;

export function undo(request: PromptRequest, replay: Replay): Undone {
  const last = request.history.at(-1);
  if (last && ONCE.test(last.result))
    return kept(
      request,
      "That hung on what you pointed at, or on how another variant was then: I cannot do it again to take it back. The time line goes back to before it.",
    );
  const { done } = conversation(request, replay);
  const step = done.at(-1);
  // The first prompt made the page: behind it there is only a fresh sheet.
  if (!step || done.length < 2)
    return kept(
      request,
      "There is nothing before this that I could go back to: I know only what was asked in this variant. Its history in the time line goes further.",
    );
  return taken(request, step.after, step.before, step.prompt);
}

export function redo(request: PromptRequest, replay: Replay): Undone {
  const step = conversation(request, replay).undone.at(-1);
  if (!step) return kept(request, "There is nothing that was undone just before.");
  return taken(request, step.before, step.after, step.prompt);
}

type Step = { prompt: string; before: Files; after: Files };

/** What was asked so far, done again. Every "undo" goes one step back; wishes that changed nothing are no steps. */
function conversation(
  { history, ...request }: PromptRequest,
  replay: Replay,
): { done: Step[]; undone: Step[] } {
  const done: Step[] = [];
  const undone: Step[] = [];
  let files: Files = templateFiles;
  for (const [index, { prompt, result }] of history.entries()) {
    if (ONCE.test(result)) continue;
    if (UNDO.test(prompt)) {
      const step = done.length > 1 ? done.pop() : undefined;
      if (step) undone.push(step);
      files = step?.before ?? files;
    } else if (REDO.test(prompt)) {
      const step = undone.pop();
      if (step) done.push(step);
      files = step?.after ?? files;
    } else {
      const kind = index === 0 ? "create" : "change";
      const after = replay(files, {
        ...request,
        kind,
        text: prompt,
        files,
        history: history.slice(0, index),
        ...{ picked: [], others: [] },
      });
      if (!differ(files, after)) continue;
      done.push({ prompt, before: files, after });
      undone.length = 0;
      files = after;
    }
  }
  return { done, undone };
}

function differ(one: Files, other: Files): boolean {
  return one.size !== other.size || [...one].some(([path, text]) => other.get(path) !== text);
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
