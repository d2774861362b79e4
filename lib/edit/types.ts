/**
 * What a model's answer becomes. Offsets are UTF-16 units in the text that `read(path)` gives at the moment the edit is
 * yielded; whoever consumes the parser's generator applies each edit before asking for the next one.
 */

/**
 * One id covers what succeeds or fails together: one SEARCH/REPLACE block, one whole file, one file section of a patch. Another
 * "start" of the same id says that it goes on at another region; its draft begins anew.
 */
export type Edit =
  | { type: "start"; id: number; path: string; start: number; end: number; whole?: true }
  | { type: "delta"; id: number; text: string }
  | {
      type: "splice";
      id: number;
      path: string;
      start: number;
      end: number;
      text: string;
      used: number;
      at: number;
    }
  | { type: "end"; id: number; path: string; kind: EditKind; tier: Tier; notes: Note[] }
  | {
      type: "fail";
      id: number;
      path: string | null;
      reason: Reason;
      search: string;
      text: string;
      nearest: Near[];
    }
  | { type: "create"; id: number; path: string }
  | { type: "delete"; id: number; path: string }
  | { type: "move"; id: number; path: string; to: string };

export type EditKind = "block" | "file" | "hunks" | "create" | "delete" | "move";

/** Which comparison found the place: 1 exact … 9 by similarity (edits.md §4); 0 where nothing was searched. */
export type Tier = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export type Note = string;
export type Near = { line: number; text: string };

export type Reason =
  | "no-path"
  | "bad-path"
  | "no-file"
  | "no-match"
  | "ambiguous"
  | "empty-search"
  | "placeholder"
  | "malformed-marker"
  | "malformed-patch"
  | "truncated"
  | "context-mismatch"
  | "does-not-parse"
  | "person-edited"
  | "unsupported-file"
  | "locked"
  | "limit";

/** How the model's text ended: by itself, at its length limit, by a person, by a lost connection, by our caps. */
export type StopReason = "stop" | "length" | "user" | "network" | "limit";

export type EditResult = {
  stop: StopReason;
  applied: {
    id: number;
    path: string;
    kind: EditKind;
    tier: Tier;
    added: number;
    removed: number;
    notes: Note[];
  }[];
  failed: {
    id: number;
    path: string | null;
    reason: Reason;
    search: string;
    text: string;
    nearest: Near[];
  }[];
  warnings: string[];
};

/** What the parser needs to know of the files it edits; all synchronous. */
export type EditTarget = {
  /** Current text, or null when there is no such file. */
  read(path: string): string | null;
  paths(): Iterable<string>;
  /** Where the region of an open edit is now (people type elsewhere meanwhile); null when a person typed inside it. */
  region?(id: number): { start: number; end: number } | null;
  /** The gate: would this text parse? Handed in by the wiring; without it every text is accepted. */
  accepts?(path: string, text: string): boolean;
  /** May this file, old or new, hold so many characters? Handed in by the wiring; without it every size fits. */
  fits?(path: string, chars: number): boolean;
};

/** The arguments of one tool call, as raw text while they arrive. Lazy as the parser itself. */
export type ToolCallParser = {
  push(argumentText: string): Generator<Edit, void, undefined>;
  /** The call is complete ("stop"), or was cut. Before the parser's own `end`. */
  end(stop: StopReason): Generator<Edit, void, undefined>;
};

export type EditParser = {
  /** Feed model text. Lazy: apply each edit before pulling the next. */
  push(text: string): Generator<Edit, void, undefined>;
  /** A tool call of the model begins; its arguments come on a channel of their own, beside the text. */
  openTool(name: string): ToolCallParser;
  /** The model's text ended. Closes or fails what is open; call once. */
  end(stop: StopReason): Generator<Edit, void, undefined>;
  /** Text outside of edits since the last call (what the model says to the person). */
  takeProse(): string;
  /** Whole lines that are prose unless a block begins right behind them. */
  heldProse(): string;
  /** The same input gives the same object for any chunking. Complete after `end`. */
  result(): EditResult;
};
