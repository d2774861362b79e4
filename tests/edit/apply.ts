/** Feeds model text to the real parser and a real document, in given pieces, checking what must hold after every piece. */
import { expect } from "vitest";
import { openEditSession } from "../../lib/document/edit-session.ts";
import { VariantDocument } from "../../lib/document/variant-document.ts";
import { createEditParser } from "../../lib/edit/parser.ts";
import type { Edit, EditResult, StopReason } from "../../lib/edit/types.ts";
import type { TurnId } from "../../lib/project/ids.ts";
import { acceptsOnce, parses } from "./parses.ts";

export type Run = {
  document: VariantDocument;
  result: EditResult;
  prose: string;
  files: ReadonlyMap<string, string>;
  /** Draft and document texts that were visible after any piece. */
  visible: string[];
  states: number;
  edits: Edit[];
  /** Takes all of it back. */
  undo(): void;
};

export type RunOptions = {
  stop?: StopReason;
  gate?: boolean;
  maxFileChars?: number;
  eachPiece?: (document: VariantDocument) => void;
  /** After each piece that changed the document: what holds of its text need not be asked of the same text again. */
  eachState?: (document: VariantDocument) => void;
};

export function runModelText(
  files: Record<string, string>,
  pieces: Iterable<string>,
  options: RunOptions = {},
): Run {
  const bench = openBench(files, options);
  for (const piece of pieces) bench.apply(bench.parser.push(piece));
  return bench.end();
}

export type Call = { name: string; pieces: string[] };

/** The arguments of tool calls, one call after the other. */
export function runToolCalls(files: Record<string, string>, calls: Call[], stop: StopReason): Run {
  const bench = openBench(files, { stop });
  for (const { name, pieces } of calls) {
    const tool = bench.parser.openTool(name);
    for (const piece of pieces) bench.apply(tool.push(piece));
    bench.apply(tool.end(stop));
  }
  return bench.end();
}

function openBench(files: Record<string, string>, options: RunOptions) {
  const document = VariantDocument.seed(new Map(Object.entries(files)), "seed");
  const session = openEditSession(document, { kind: "model", turnId: "turn-0001" as TurnId });
  const parser = createEditParser({
    read: (path) => document.read(path),
    paths: () => document.paths(),
    region: (id) => session.region(id),
    ...(options.gate === false ? {} : { accepts: acceptsOnce }),
    fits: (_path, chars) => chars <= (options.maxFileChars ?? Number.POSITIVE_INFINITY),
  });
  const visible: string[] = [];
  let states = 0;
  let seen = 0;
  document.onChange(() => states++);
  const applied: Edit[] = [];
  const applyEach = (edits: Iterable<Edit>) => {
    for (const edit of edits) {
      applied.push(edit);
      session.apply(edit);
    }
  };
  const apply = (edits: Iterable<Edit>) => {
    applyEach(edits);
    for (const draft of session.open()) visible.push(draft.text);
    options.eachPiece?.(document);
    if (states > seen) options.eachState?.(document);
    seen = states;
  };
  const end = (): Run => {
    applyEach(parser.end(options.stop ?? "stop"));
    const [result, prose] = [parser.result(), parser.takeProse()];
    const undo = () => session.close().undo();
    return { document, result, prose, files: document.files(), visible, states, edits: applied, undo };
  };
  return { parser, apply, end };
}

/** The text cut after every `length` characters. */
export function* piecesOf(text: string, length: number): Generator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

/** In one piece and in pieces of several lengths: all must end the same, and every state must parse if the files do. */
export function runEveryWay(files: Record<string, string>, answer: string, options: RunOptions = {}): Run {
  const whole = runModelText(files, [answer], options);
  const doParse = Object.entries(files).every(([path, text]) => parses(path, text));
  for (const length of [1, 3, 7]) {
    const cut = runModelText(files, piecesOf(answer, length), {
      ...options,
      eachState: (document) => doParse && expectToParse(document),
    });
    expect([cut.files, cut.result, cut.prose]).toEqual([whole.files, whole.result, whole.prose]);
  }
  return whole;
}

function expectToParse(document: VariantDocument): void {
  for (const [path, text] of document.files())
    if (!parses(path, text)) expect.fail(`does not parse: ${text}`);
}
