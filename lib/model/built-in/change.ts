/** Follow-ups: each clause is tried on a table of rules that act on the files as they are now. What fits nothing changes nothing. */
import type { Files } from "#lib/project/files.ts";
import type { PromptRequest } from "#lib/prompt/types.ts";
import { changeOf } from "./answer.ts";
import { clausesOf } from "./clauses.ts";
import { createPage, firstBriefOf } from "./create.ts";
import { directedPage } from "./directed.ts";
import { keepTable, takeTable } from "./follow-ups/brought-table.ts";
import { type Draft, firstPromptOf, roundsOf } from "./follow-ups/draft.ts";
import { wishesOf } from "./follow-ups/moods.ts";
import { takeFromOther } from "./follow-ups/others.ts";
import { pointedWish } from "./follow-ups/pointed.ts";
import { nearRules, rules } from "./follow-ups/rules.ts";
import { REDO, redo, UNDO, undo } from "./follow-ups/undo.ts";
import { APP, pageFiles } from "./page-files.ts";
import { type Brief, understand } from "./understand.ts";

const DIRECTIONS =
  /\b(?:other|new|different|another|fresh|more|alternative|further)\b[^.]*\b(?:directions?|designs?|looks?|styles?|starts?|ideas?|approach(?:es)?|concepts?|alternatives?)\b|\bstart (?:over|again|afresh|from scratch)\b|\bsurprise me\b|\bsomething (?:completely |totally |entirely |quite )?(?:different|else)\b/i;
/** "Only in A": whoever sends it to all variants means one. */
const ONLY = /\s*,?\s*\bonly (?:in|for|on) (?:variant )?([a-z])\b\s*:?,?\s*/i;
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
    yield* otherDirections(request);
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

function* otherDirections(request: PromptRequest): Generator<string> {
  const asked = { ...request, direction: null };
  const [brief, round] = [briefOf(request), nextRound(request)];
  yield* createPage(asked, brief, round);
  const page = new Map([...request.files, ...pageFiles(directedPage(asked, brief, round))]);
  const draft: Draft = { files: new Map(page), request };
  keepTable(draft);
  const app = draft.files.get(APP) ?? "";
  if (app !== page.get(APP)) yield changeOf(APP, page.get(APP), app);
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
  const only = ONLY.exec(request.text);
  if (only && only[1]?.toUpperCase() !== request.letter)
    return {
      files: draft.files,
      said: [`That was for ${only[1]?.toUpperCase()} only; ${request.letter} stays as it is.`],
      missed,
    };
  const table = takeTable(draft, request.text.replace(ONLY, ""));
  if (table.said) said.push(table.said);
  for (const clause of clausesOf(table.words)) {
    const answers = wishesOf(clause).map((wish) => applyWish(draft, wish));
    const done = answers.filter((answer) => answer !== null);
    if (done.length === 0) missed.push(clause);
    else said.push(...done);
  }
  return { files: draft.files, said, missed };
}

/** What was pointed at and what another variant has first: then "this" and "B's" are settled. */
function applyWish(draft: Draft, clause: string): string | null {
  const pointed = pointedWish(draft, clause);
  if (pointed && "said" in pointed) return `Here: ${pointed.said}`;
  const wish = pointed?.wish ?? clause;
  return takeFromOther(draft, wish) ?? apply(draft, wish);
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
    const brief = request.kind === "create" ? firstBriefOf(request.text) : briefOf(request);
    const direction = request.kind === "create" ? (request.direction ?? null) : null;
    const drawn = new Map([...files, ...pageFiles(directedPage({ ...request, direction }, brief, round))]);
    const draft: Draft = { files: drawn, request };
    if (request.kind === "create") takeTable(draft, request.text);
    else keepTable(draft);
    return draft.files;
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
