/** Follow-ups: each clause is tried on a table of rules that act on the files as they are now. What fits nothing changes nothing. */
import type { Files } from "#lib/project/files.ts";
import type { PromptRequest } from "#lib/prompt/types.ts";
import { changeOf } from "./answer.ts";
import { clausesOf } from "./clauses.ts";
import { createPage } from "./create.ts";
import { directedPage } from "./directed.ts";
import { type Draft, firstPromptOf, roundsOf } from "./follow-ups/draft.ts";
import { nearRules, rules } from "./follow-ups/rules.ts";
import { REDO, redo, UNDO, undo } from "./follow-ups/undo.ts";
import { pageFiles } from "./page-files.ts";
import { type Brief, understand } from "./understand.ts";

const DIRECTIONS =
  /\b(?:other|new|different|another|fresh|more|alternative|further)\b[^.]*\b(?:directions?|designs?|looks?|styles?|starts?|ideas?|approach(?:es)?|concepts?|alternatives?)\b|\bstart (?:over|again|afresh|from scratch)\b|\bsurprise me\b|\bsomething (?:completely |totally |entirely |quite )?(?:different|else)\b/i;
const SOME = [
  "darker, warmer, a colour by word or number",
  "serif headings, a bigger headline, bolder, in capitals",
  "tighter, airier, rounder, no shadows",
  "add, remove, move or swap sections",
  "change the headline to “…”, replace “x” with “y”, the button should say “…”",
  "the prices as cards, another layout for the hero, two columns",
  "undo that",
  "three other directions",
];

export function* changePage(request: PromptRequest): Generator<string> {
  if (isDirections(request.text)) {
    yield* createPage({ ...request, direction: null }, briefOf(request), nextRound(request));
    return;
  }
  const { files, said, missed } = follow(request);
  yield said.length > 0 ? `${said.join(" ")}\n\n` : "";
  for (const [path, text] of files) {
    const before = request.files.get(path);
    if (before !== text) yield changeOf(path, before, text);
  }
  if (missed.length > 0) yield missedWords(missed);
}

type Followed = { files: Map<string, string>; said: string[]; missed: string[] };

function follow(request: PromptRequest): Followed {
  const step = UNDO.test(request.text) ? undo : REDO.test(request.text) ? redo : null;
  if (step) {
    const { files, said } = step(request, replay);
    return { files, said: [said], missed: [] };
  }
  const draft: Draft = { files: new Map(request.files), request };
  const said: string[] = [];
  const missed: string[] = [];
  for (const clause of clausesOf(request.text)) {
    const answer = apply(draft, clause);
    if (answer === null) missed.push(clause);
    else said.push(answer);
  }
  return { files: draft.files, said, missed };
}

function apply(draft: Draft, clause: string): string | null {
  for (const rule of rules) {
    const match = rule.pattern.exec(clause);
    const before = new Map(draft.files);
    const answer = match ? rule.apply(draft, clause, match) : null;
    if (answer === null) {
      // A rule that thinks better of it leaves nothing behind.
      draft.files = before;
      continue;
    }
    const isSame = [...draft.files].every(([path, text]) => before.get(path) === text);
    return isSame && !/\b(?:already|found no|cannot|did not|no .+ to|There (?:is|are))\b/.test(answer)
      ? `${answer} It was so already.`
      : answer;
  }
  return null;
}

/** Does an earlier prompt again, for undo. */
function replay(files: Files, request: PromptRequest): Files {
  if (request.kind === "create" || isDirections(request.text)) {
    const round = request.kind === "create" ? 0 : nextRound(request);
    const brief = request.kind === "create" ? understand(request.text) : briefOf(request);
    const direction = request.kind === "create" ? (request.direction ?? null) : null;
    return new Map([...files, ...pageFiles(directedPage({ ...request, direction }, brief, round))]);
  }
  return follow(request).files;
}

function isDirections(text: string): boolean {
  return DIRECTIONS.test(text) && !/\b(?:headline|layout|colou?r|font|button)s?\b/i.test(text);
}

/** The page's own brief, with the wishes for the look that came with this prompt. */
function briefOf(request: PromptRequest): Brief {
  const brief = understand(firstPromptOf({ files: request.files, request }));
  const { hue, ground } = understand(request.text);
  return { ...brief, hue: hue ?? brief.hue, ground: ground ?? brief.ground };
}

/** Never one that this variant had, also after "undo". */
function nextRound({ files, history }: PromptRequest): number {
  const asked = history.slice(1).filter(({ prompt }) => isDirections(prompt)).length;
  return Math.max(roundsOf(files), asked + 1);
}

function missedWords(missed: string[]): string {
  const named = missed.map((clause) => `“${clause}”`).join(" and ");
  const near = [
    ...new Set(missed.flatMap((clause) => nearRules(clause).map(({ example }) => example))),
  ].slice(0, 5);
  const close =
    near.length > 0 ? `Near it, I can do:\n${near.map((line) => `- ${line}`).join("\n")}\nAnd` : "";
  return `I did not understand ${named}, so nothing was changed for it. I am the built-in designer, not a language model. ${close || "I understand"}:\n${SOME.map((line) => `- ${line}`).join("\n")}\n`;
}
