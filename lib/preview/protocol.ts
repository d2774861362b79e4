/**
 * Messages between the app page, the relay and the frame (preview.md §3, §4, §12). The frame is untrusted: everything
 * that comes out of it is a hint and is checked by `checkFromFrame` before anyone reads it.
 */

import { NETWORK_PARAMETER } from "#lib/project/network.ts";
import { SHARED_PARAMETER } from "#lib/project/shared-path.ts";

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
  /** What the hand of a person does in the page besides using it; everything is off on a new lane. */
  | ({ type: "triptych:mode" } & PageMode)
  /** Keys that were pressed in the app while an element is picked. */
  | { type: "triptych:pick-step"; step: PickStep }
  /** The text that was sent could not be put in: the page shows again what the document says. */
  | { type: "triptych:text-refused"; id: string }
  /** Another page was scrolled. */
  | { type: "triptych:scroll-to"; place: ScrollPlace }
  /** Look for what makes the page hard to use, when it is idle. */
  | { type: "triptych:check" }
  /** Mark an element of the page for a moment and bring it into sight. */
  | { type: "triptych:show"; selector: string };

/** `edits`: a double click on a text edits it in place. `scrolls`: the page says where it is scrolled to, and follows. */
export type PageMode = { picks: boolean; edits: boolean; scrolls: boolean };
export type PickStep = "parent" | "child" | "choose" | "add";

/** A place in a page that other layouts have too: a section, and how far into it the line of sight is, 0 to 1. */
export type ScrollPlace = { id: string; heading: string; share: number; page: number };

/** An element of the page and where its tag stands in the document. */
export type PickedElement = {
  path: string;
  start: number;
  end: number;
  /** A path to it in the page. */
  selector: string;
  /** What it says, shortened. */
  text: string;
};

/** One thing that makes the page hard to use for somebody, at one element. */
export type PageIssue = {
  /** The rule's name, and what it asks for in words. */
  rule: string;
  words: string;
  selector: string;
  /** Null when the element has no tag in the project's files. */
  at: { path: string; start: number; end: number } | null;
};

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
  /** `isMore`: besides what was chosen before. `asks`: its text cannot be edited in place; somebody may ask the model. */
  | { type: "triptych:picked"; element: PickedElement; isMore: boolean; asks: boolean }
  | { type: "triptych:pick-end" }
  /** A text is edited in place: [start, end) of the file said `was` before, and says `text` now. One `id` from double click to end. */
  | {
      type: "triptych:text";
      id: string;
      path: string;
      start: number;
      end: number;
      was: string;
      text: string;
    }
  | { type: "triptych:text-end"; id: string }
  | { type: "triptych:scrolled"; place: ScrollPlace }
  | { type: "triptych:issues"; issues: PageIssue[] }
  /** A pointer was pressed in the page. */
  | { type: "triptych:pressed" }
  | { type: "triptych:key"; key: string; meta: boolean; ctrl: boolean; alt: boolean; shift: boolean };

/**
 * Host → relay. "triptych:host": we listen now, send a lane. "triptych:turn": what is written from now on has its own restarts.
 * "triptych:pause": the frame goes until something is written or somebody asks for it.
 */
export type ToRelay =
  | { type: "triptych:host" | "triptych:restart" | "triptych:turn" | "triptych:pause" }
  /** How marks over the page look: a colour of CSS, and by how much the pane is scaled down. */
  | { type: "triptych:look"; colour: string; scale: number };

/**
 * Frame → relay: what is drawn over the page, in the frame's pixels. The relay draws it in its own document, where the page's CSS
 * and code do not come. `triptych:marks` is all that stands; `triptych:wash` fades by itself, one for each `key`; `isMoved`: what
 * stands already is elsewhere now.
 */
export type FromFrameToRelay =
  | { type: "triptych:marks"; marks: Mark[] }
  | { type: "triptych:wash"; areas: (Area & { key: number })[]; isMoved: boolean };
export type Area = { x: number; y: number; width: number; height: number };
export type Mark = Area & { kind: "pointed" | "chosen" | "odd"; label: string };

/** Relay → host: life of the frame. "triptych:relay": the relay listens now. The lane port travels with "triptych:lane". */
export type FromRelay =
  | { type: "triptych:relay" }
  | { type: "triptych:lane" }
  | { type: "triptych:born"; why: "first" | "asked" | "hung" | "crashed" | "left" }
  | { type: "triptych:stopped"; why: "keeps hanging" | "keeps reloading" | "paused" };

export function relayPath(pane: number, network: string | null): string {
  return `/relay?pane=${pane}${network === null ? "" : `&${NETWORK_PARAMETER}=${network}`}`;
}
/** A page that was built on the server, in the same place as a preview. */
export function sharedRelayPath(pane: number, page: string, network: string | null): string {
  return `${relayPath(pane, network)}&${SHARED_PARAMETER}=${encodeURIComponent(page)}`;
}

/** What Sandpack adds to the relay's address: a relay that is there already stays, and hears of Sandpack by it. */
export const SANDPACK_HASH = "#sandpack";
