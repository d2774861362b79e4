/** Follow-ups: a table of what is understood, each acting on the files as they are now. What fits nothing changes nothing. */
import type { PromptRequest } from "#lib/prompt/types.ts";
import { wholeFile } from "./answer.ts";
import { applyLook } from "./change-look.ts";
import { applyStructure } from "./change-structure.ts";
import { applyText } from "./change-text.ts";
import { createPage } from "./create.ts";

/** Files being changed; a rule edits them and says what it did, or null when it does not apply. */
export type Draft = { files: Map<string, string>; request: PromptRequest; firstPrompt: string };
export type Rule = {
  pattern: RegExp;
  apply(draft: Draft, match: RegExpExecArray, clause: string): string | null;
};

const CAN = [
  "darker, lighter, warmer, cooler, or a colour by word or hex",
  "serif, sans or mono type, bigger or smaller",
  "tighter or airier, rounder or sharper",
  "add, remove or move a section (features, gallery, prices, opening hours, quotes, questions, contact)",
  "change the headline to “…”, replace “x” with “y”, name it “…”, the button should say “…”",
  "two or three columns",
  "three other directions",
];

export function* changePage(request: PromptRequest): Generator<string> {
  const firstPrompt = request.history[0]?.prompt ?? request.text;
  if (
    /\b(?:other|new|different|another)\b[^.]*\b(?:directions?|designs?|looks?|styles?|start)\b|\bstart (?:over|again)\b/i.test(
      request.text,
    )
  ) {
    yield* createPage(request, firstPrompt, request.history.length);
    return;
  }
  const draft: Draft = { files: new Map(request.files), request, firstPrompt };
  const said: string[] = [];
  const missed: string[] = [];
  for (const clause of clausesOf(request.text)) {
    const answer = applyText(draft, clause) ?? applyStructure(draft, clause) ?? applyLook(draft, clause);
    if (answer === null) missed.push(clause);
    else said.push(answer);
  }
  yield said.length > 0 ? `${said.join(" ")}\n\n` : "";
  for (const [path, text] of draft.files) if (request.files.get(path) !== text) yield wholeFile(path, text);
  if (missed.length > 0)
    yield `${missedWords(missed)} I am the built-in designer, not a language model. I understand:\n${CAN.map((line) => `- ${line}`).join("\n")}\n`;
}

function missedWords(missed: string[]): string {
  return `I did not understand ${missed.map((clause) => `“${clause}”`).join(" and ")}, so nothing was changed for it.`;
}

/** "darker, and move the hours to the top" → two; what stands in quotes stays together. */
export function clausesOf(text: string): string[] {
  const quotes: string[] = [];
  const masked = text.replace(/“[^”]*”|"[^"]*"|‘[^’]*’/g, (quote) => `§${quotes.push(quote) - 1}§`);
  const parts = masked.split(
    /\s*(?:[.;\n]+(?=\s|$)|,\s*(?:and\s+|then\s+)?|\s+and\s+(?=(?:make|move|add|remove|change|replace|use|put|set|rename|call|delete|drop|give|turn|swap)\b)|\s+then\s+)\s*/i,
  );
  const whole = parts.map((part) =>
    part.replace(/§(\d+)§/g, (_, index) => quotes[Number(index)] ?? "").trim(),
  );
  return whole.filter((part) => /\w/.test(part));
}
