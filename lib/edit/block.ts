/** What a format is to the parser: a new format is one new file and one row in parser.ts. */
import type { Edit, EditKind, EditTarget, Near, Note, Reason, StopReason, Tier } from "./types.ts";

/** Reads the lines of one block; created when a line opens it. */
export type Block = {
  /** A complete line without its end. Returns whether the block is over, and whether the line belonged to it. */
  line(line: string): Generator<Edit, Verdict, undefined>;
  /** The beginning of an unfinished line: shown at once where no marker can begin. */
  partial(text: string): Generator<Edit, void, undefined>;
  /** The model's text ended inside the block. */
  end(stop: StopReason): Generator<Edit, void, undefined>;
};

export type Verdict = "more" | "done";

export type Applied = {
  id: number;
  path: string;
  kind: EditKind;
  tier: Tier;
  added: number;
  removed: number;
  notes: Note[];
};
export type Failed = {
  id: number;
  path: string | null;
  reason: Reason;
  search: string;
  text: string;
  nearest: Near[];
};

/** What blocks share: the files, ids, and where results are noted. */
export type BlockContext = {
  target: EditTarget;
  nextId(): number;
  /** Path of the last block, for blocks without one. */
  lastPath: string | null;
  /** End of the last block per file: of several matches the one behind it is meant. */
  cursors: Map<string, number>;
  applied: Applied[];
  failed: Failed[];
  warnings: string[];
};

/** Notes the failure and undoes what the edit had written. */
export function* fail(context: BlockContext, failure: Failed): Generator<Edit, void, undefined> {
  context.failed.push(failure);
  yield { type: "fail", ...failure };
}

/** Notes the success. */
export function* succeed(context: BlockContext, applied: Applied): Generator<Edit, void, undefined> {
  context.applied.push(applied);
  context.lastPath = applied.path;
  const { id, path, kind, tier, notes } = applied;
  yield { type: "end", id, path, kind, tier, notes };
}

const PLACEHOLDER =
  /^\s*(?:\/\/|\/\*|\{\s*\/\*|<!--|#)\s*(?:\.{3}|…)?\s*(?:(?:the\s+)?(?:rest|remainder|remaining|existing|other|previous|same|unchanged)\b[^\n]*(?:\.{3}|…|remains?|unchanged|as before|here|code|the same)|\.{3}\s*(?:\*\/\s*\}?|-->)?\s*$)/i;

/** "// ... rest of the file remains unchanged": written into a file it would delete code. */
export function isPlaceholder(line: string): boolean {
  return line.length < 200 && PLACEHOLDER.test(line);
}
