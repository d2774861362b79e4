/**
 * Messages between the app page, the relay and the frame (preview.md §3, §4, §12). The frame is untrusted: everything
 * that comes out of it is a hint and is checked by `checkFromFrame` before anyone reads it.
 */

import { NETWORK_PARAMETER } from "#lib/project/network.ts";

/** A document with the revision the host counted for it; patches name the revision they lead to. */
export type FileState = { text: string; rev: number };
export type OpenDraft = { path: string; id: string; start: number; end: number; text: string };

/** Host → frame, on the lane (a MessagePort the relay handed over). */
export type ToFrame =
  /** The truth on every new lane. `reset` true: run the entry anew (another variant was put into this pane). */
  | {
      type: "triptych:files";
      files: Record<string, FileState>;
      drafts: OpenDraft[];
      streaming: boolean;
      reset: boolean;
      /** What was built for the very same files earlier; null when nothing is known. */
      css: string | null;
      seq: number;
    }
  /** Splice [start, end) of the document; `rev` is the revision it leads to. */
  | {
      type: "triptych:patch";
      path: string;
      rev: number;
      start: number;
      end: number;
      text: string;
      seq: number;
    }
  /** text null: the file is gone. */
  | { type: "triptych:file"; path: string; rev: number; text: string | null; seq: number }
  /** `append`: `text` goes to the end of the draft of that id; start and end are in the document as of now. */
  | {
      type: "triptych:draft";
      path: string;
      id: string;
      start: number;
      end: number;
      text: string;
      append: boolean;
      seq: number;
    }
  /** The first `used` characters of the draft stand in the document now. */
  | {
      type: "triptych:draft-splice";
      path: string;
      id: string;
      used: number;
      start: number;
      end: number;
      seq: number;
    }
  | { type: "triptych:draft-end"; path: string; id: string; ok: boolean; seq: number }
  /** While on, errors are held back; at its end the truth is shown. */
  | { type: "triptych:streaming"; on: boolean; seq: number }
  /** At least so long between two compiles; 0: one per frame. */
  | { type: "triptych:pace"; minMs: number }
  | { type: "triptych:reload" }
  | { type: "triptych:scroll"; top: number };

/** What the lane carries: the messages of one task of the host page, in order. */
export type Batch = ToFrame[];

export type ApplyResult = "ok" | "healed" | "kept" | "failed";

export type PreviewError = {
  title: string;
  message: string;
  path: string;
  line: number;
  column: number;
  /** For an unknown import: its name and the packages there are. */
  unknownImport?: { name: string; available: string[] };
};

/** Frame → host. `at` is timeOrigin + performance.now() of the frame. */
export type FromFrame =
  | { type: "triptych:applied"; seq: number; result: ApplyResult; ms: number; at: number }
  /** `isBlank`: nothing of the page is shown, as when it did not run. */
  | { type: "triptych:painted"; seq: number; at: number; isBlank: boolean }
  /** The page keeps its process busy without anyone touching it. */
  | { type: "triptych:busy"; on: boolean }
  | { type: "triptych:resync"; path: string }
  /** The styles of the page as of `seq`, once it has been quiet. */
  | { type: "triptych:css"; seq: number; css: string }
  /** null clears the shown error. Never sent while streaming is on. */
  | { type: "triptych:error"; error: PreviewError | null }
  | { type: "triptych:console"; lines: { level: "log" | "info" | "warn" | "error"; text: string }[] }
  | { type: "triptych:key"; key: string; meta: boolean; ctrl: boolean; alt: boolean; shift: boolean };

/**
 * Host → relay. "triptych:host": we listen now, send a lane. "triptych:turn": what is written from now on has its own restarts.
 * "triptych:pause": the frame goes until something is written or somebody asks for it.
 */
export type ToRelay = { type: "triptych:host" | "triptych:restart" | "triptych:turn" | "triptych:pause" };

/** Relay → host: life of the frame. "triptych:relay": the relay listens now. The lane port travels with "triptych:lane". */
export type FromRelay =
  | { type: "triptych:relay" }
  | { type: "triptych:lane" }
  | { type: "triptych:born"; why: "first" | "asked" | "hung" | "crashed" | "left" }
  | { type: "triptych:stopped"; why: "keeps hanging" | "keeps reloading" | "paused" };

export function relayPath(pane: number, network: string | null): string {
  return `/relay?pane=${pane}${network === null ? "" : `&${NETWORK_PARAMETER}=${network}`}`;
}
/** What Sandpack adds to the relay's address: a relay that is there already stays, and hears of Sandpack by it. */
export const SANDPACK_HASH = "#sandpack";
