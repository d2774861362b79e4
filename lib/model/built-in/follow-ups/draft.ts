/** What a follow-up works on: the files as they are now, and what is known about the page. */
import type { Files } from "#lib/project/files.ts";
import type { PromptRequest } from "#lib/prompt/types.ts";
import { directions } from "../directions.ts";
import { APP, SITE } from "../page-files.ts";
import { type Page, pageOf } from "../plan.ts";
import { understand } from "../understand.ts";

export type Draft = { files: Map<string, string>; request: PromptRequest };

/** A kind of wish. `apply` changes the draft and says what it did or why it cannot; null: this clause means something else. */
export type Rule = {
  /** Its name in GRAMMAR.md. */
  kind: string;
  /** How it is offered to a person. */
  example: string;
  pattern: RegExp;
  apply(draft: Draft, clause: string, match: RegExpExecArray): string | null;
};

/** What was asked for first: noted in the page, because a fork begins without a history. */
export function firstPromptOf({ files, request }: { files: Files; request: PromptRequest }): string {
  const noted = /^\/\/ Asked: (.+)$/m.exec(files.get(SITE) ?? "")?.[1];
  return noted ?? request.history[0]?.prompt ?? request.text;
}

/** How often other directions were drawn, as the style sheet notes it; 0 for a page of someone else. */
export function roundsOf(files: Files): number {
  return Number(/Direction: [^;]+; round (\d+)/.exec(cssOf(files))?.[1] ?? 0);
}

/** The plan behind a page of the designer, as far as it is noted; for another's page a plain one. */
export function planOf({ files, request }: Draft): Page {
  const css = cssOf(files);
  const name = /Direction: ([^;(]+?)(?: \(edition \d+\))?; round/.exec(css)?.[1];
  const direction = directions.find((each) => each.name === name) ?? directions[0];
  if (!direction) throw new Error("there are no directions");
  const edition = Number(/\(edition (\d+)\)/.exec(css)?.[1] ?? 1) - 1;
  const { seed, position } = request;
  return pageOf(understand(firstPromptOf({ files, request })), direction, {
    seed,
    position,
    round: Math.max(0, roundsOf(files) - 1),
    edition,
  });
}

function cssOf(files: Files): string {
  return files.get("/src/index.css") ?? "";
}

/** Files that hold what a page shows. */
export function componentsOf({ files }: Draft): [path: string, text: string][] {
  return [...files].filter(([path]) => /^\/src\/.*\.[jt]sx$/.test(path) && path !== "/src/main.tsx").sort();
}

export function appOf({ files }: Draft): string {
  return files.get(APP) ?? "";
}

export type Amount = 1 | 2 | 3;

/** "a bit" is one step, "much" three. */
export function amountOf(clause: string): Amount {
  if (/\b(?:a (?:bit|little|touch|tad|shade|hair)|slightly|somewhat|subtly|gently)\b/i.test(clause)) return 1;
  return /\b(?:much|a lot|lots|way|far|very|really|super|extremely|as \w+ as possible|completely)\b/i.test(
    clause,
  )
    ? 3
    : 2;
}
