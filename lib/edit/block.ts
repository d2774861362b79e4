/** What a format is to the parser: a new format is one new file and one row in parser.ts. */
import type { Edit, EditKind, EditParser, Near, Note, Reason, StopReason, Tier } from "./types.ts";
import type { Workspace } from "./workspace.ts";

/** A row of the parser's table. */
export type Format = {
  /** Does this line of prose, or first line of a fence, begin a block? */
  opens(opening: Opening): boolean;
  create(context: BlockContext, opening: Opening): Block;
  /** May a block begin in the middle of a fence that is chat text? */
  opensInChat?(line: string): boolean;
  /** Blocks of this format name their file outside of themselves: in the lines before or in the fence. */
  wantsPath: boolean;
  /** The line before belongs to the block: it is no prose. */
  usesPrevious?(opening: Opening): boolean;
};
/** `previous`: the line of prose before. `path`: what the fence names, or the lines before when the format wants it. */
export type Opening = {
  line: string;
  previous: string | null;
  path: string | null;
  fenceInfo: string | null;
};

/** Reads the lines of one block; created when a line opens it, which is not passed to it again. */
export type Block = {
  /** What stands in the opening line itself. */
  open?(): Generator<Edit, Verdict, undefined>;
  /** A complete line without its end. */
  line(line: string): Generator<Edit, Verdict, undefined>;
  /** Characters that were added to an unfinished line: shown at once where no marker can begin. */
  partial(more: string): Generator<Edit, void, undefined>;
  /** The model's text ended inside the block. */
  end(stop: StopReason): Generator<Edit, void, undefined>;
  /** After "done": lines that were read and do not belong to the block. */
  returned?: readonly string[];
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
/** How an edit ends when its file parses, and how when it never does. */
export type Outcome = { applied: Applied; failed: Failed };

/** What blocks share: the files, ids, and where results are noted. */
export type BlockContext = {
  workspace: Workspace;
  nextId(): number;
  /** Path of the last block, for blocks without one. */
  lastPath: string | null;
  /** End of the last block per file: of several matches the one behind it is meant. */
  cursors: Map<string, number>;
  /** Edits per file that wait for a later one. */
  waiting: Map<string, Outcome[]>;
  /** A parser for text inside of a block: its edits are noted with the others, what it takes for prose is lost. */
  openNested(path: string | null): EditParser;
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
