/**
 * Every event between page and server, typed for both sides (lib/wire/SPEC.md holds the rules; schemas.ts checks what
 * arrives). Commands go up and are acknowledged; facts come down.
 */
import type { Direction } from "#lib/project/direction.ts";
import type {
  CheckpointId,
  CommitId,
  ProjectId,
  PromptId,
  ShareId,
  TurnId,
  VariantId,
} from "#lib/project/ids.ts";
import type { Network } from "#lib/project/network.ts";
import type { PickedElement } from "#lib/project/picked.ts";
import type { Plan, PlannedVariant } from "#lib/project/plan.ts";
import type {
  Answerer,
  Checkpoint,
  Lane,
  Person,
  Project,
  Role,
  Share,
  Turn,
  Variant,
} from "#lib/project/rows.ts";
import type { Vary } from "#lib/project/vary.ts";

import type { Drawn } from "./drawn.ts";

export type { Plan, PlannedVariant };

export const PROTOCOL = 2;
export const SOCKET_PATH = "/rt/";
/** One combined frame per room at most this often; the first after quiet goes at once. */
export const FRAME_MS = 16;

/** Why something was refused. `lib/wire/sentences.ts` turns each into words for people. */
export type RefusalCode =
  | "bad-event"
  | "bad-update"
  | "too-large"
  | "read-only"
  | "unknown-variant"
  | "last-variant"
  | "unknown-turn"
  | "unknown-commit"
  | "unknown-share"
  | "unknown-checkpoint"
  | "bad-link"
  | "comments-later"
  | "expired"
  | "too-many"
  | "empty-prompt"
  | "prompt-too-long"
  | "busy"
  | "over-cap"
  | "nothing-to-continue"
  | "unknown-plan"
  | "rate-limited"
  | "storage-failed"
  | "storage-full"
  | "still-writing"
  | "nothing-left"
  | "bad-host"
  | "packages-off"
  | "package-name"
  | "package-version"
  | "package-unknown"
  | "package-slow"
  | "package-too-large"
  | "package-needs-node"
  | "package-unfit"
  | "package-not-imported"
  | "packages-failed"
  | "registry-unreachable"
  | "registry-refused"
  | "no-package-json"
  | "not-joined";

/** Codes of `connect_error` (`error.data.code`) and of `bye`. */
export type ByeCode =
  | "unauthorized"
  | "gone"
  | "expired"
  | "password"
  | "full"
  | "busy"
  | "old-client"
  | "unknown-project"
  | "restart"
  | "role-changed";

export type Refused = { ok: false; code: RefusalCode; detail?: string; retryAfterMs?: number };
export type Ack<Body extends object = object> = ({ ok: true } & Body) | Refused;

/** `socket.auth`. A project id opens the room for editing; a share (with its token, or the cookie it was exchanged for) opens it with the share's role. */
export type Credentials = { protocol: number; name?: string; guestId?: string } & (
  | { projectId: ProjectId }
  | { shareId: ShareId; token?: string }
);

/** A draft that is open now: `document[start, end)` would become `text`. start/end are Yjs relative positions (base64 of the binary form), null for a new file. */
export type DraftState = {
  turnId: TurnId;
  editId: number;
  path: string;
  start: string | null;
  end: string | null;
  text: string;
};

/** What the server knows of a model lane; `builtIn` false means text leaves this machine. A deep lane that is the fast one is not told. */
export type LaneInfo = {
  lane: Lane;
  name: string;
  builtIn: boolean;
  /** Its limit is used up until then. */
  pausedUntil: number | null;
  /** What people should know of it: how it is asked, what is odd about it. */
  note: string | null;
};

/** Figures of a turn that runs. */
export type LiveProgress = {
  turnId: TurnId;
  tokens: number;
  edits: number;
  tokensPerSecond: number;
  firstTextMs: number | null;
  answer: string;
};

/** Why a turn that was taken does not write yet. */
export type TurnWait =
  | { for: "variant"; ahead: number }
  | { for: "lane"; ahead: number }
  /** The lane's limit is used up; it goes on by itself then. */
  | { for: "limit"; until: number };

/** How a prompt reached a variant: its turn began, waits behind another, was taken up by the running answer, or took its place. */
export type Taken = "started" | "queued" | "steered" | "resent";

/** How alike the pages of a set are, 0 different to 1 equal; `note` says what was done about it. */
export type Sameness = {
  setNumber: number;
  pairs: { letters: string; score: number }[];
  note: string | null;
};

/** Most tokens that a prompt would use, and what the caps leave; null: no cap. */
export type Estimate = {
  /** A language model answers; the built-in designer costs nothing. */
  costs: boolean;
  inputTokens: number;
  outputTokens: number;
  turns: number;
  left: number | null;
};

export type JoinedVariant = {
  variantId: VariantId;
  /** Number used for this variant in binary frames. */
  slot: number;
  /** What the client lacks, for the state vector it sent. */
  update: Uint8Array;
  /** The server's own state vector: an editor sends back what the server lacks. */
  stateVector: Uint8Array;
  drafts: DraftState[];
};

export type Joined = {
  /** Id of this server run's copies of the documents. */
  epoch: string;
  role: Role;
  personId: string;
  /** Without its id for viewers: the id is what allows editing. */
  project: Omit<Project, "id"> & { id: ProjectId | null };
  variants: Variant[];
  documents: JoinedVariant[];
  /** Frames with a lower number were sent before `documents` were read, and are part of them. */
  sequence: number;
  /** Newest last. */
  turns: Turn[];
  people: Person[];
  /** Where the others are now. */
  presence: Presence[];
  checkpoints: Checkpoint[];
  lanes: LaneInfo[];
  waits: [TurnId, TurnWait][];
  plan: Plan | null;
  sameness: Sameness | null;
};

/** Who answers, when it is not the same for all variants: a race. */
type AnswererByVariant = Record<VariantId, Answerer>;
/**
 * Where one page of a person is: the variant and file that it looks at, and its selection in the text (anchors as in `DraftState`).
 * Never stored; who it is says the server.
 */
export type Place = {
  variantId: VariantId | null;
  path: string | null;
  anchor: string | null;
  head: string | null;
};
/** `connection` tells two pages of one person apart. */
export type Presence = Place & { connection: string; personId: string };

export type Commands = {
  join: { known: { variantId: VariantId; stateVector: Uint8Array }[] };
  update: { variantId: VariantId; updateId: string; bytes: Uint8Array };
  /** `whileWriting`: what a variant that is being written does with it; "queue" when it is not said. */
  prompt: {
    promptId: PromptId;
    turnIds: Record<VariantId, TurnId>;
    lane: Answerer;
    lanes?: AnswererByVariant;
    text: string;
    whileWriting?: "queue" | "steer" | "now";
    vary?: Vary;
    /** What the person points at. */
    picked?: PickedElement[];
    /** Who says it. Set where the command comes in, never taken from a page. */
    person?: string;
  };
  /** What sending this would cost at most. */
  estimate: { variantIds: VariantId[]; lane: Answerer; text: string };
  /** A turn that waits for its lane goes to another one; nothing moves by itself. */
  "switch-lane": { turnId: TurnId; lane: Answerer };
  /** Goes on with an answer that was cut or stopped. */
  continue: { turnId: TurnId; nextId: TurnId };
  /** A page does not run after this turn: mended once, when the server finds that it may be. */
  fix: {
    turnId: TurnId;
    fixId: TurnId;
    error: { title: string; message: string; path: string; line: number };
  };
  /** Directions first, then pages: from scratch, on these variants. */
  plan: {
    promptId: PromptId;
    turnIds: Record<VariantId, TurnId>;
    lane: Answerer;
    text: string;
    by: "deep" | "designer";
    hold: boolean;
  };
  /** Builds what is planned, and what is not planned yet with the designer's directions. */
  build: { promptId: PromptId };
  /** A person's words for a direction, before its page is built or while it is: then it steers. */
  direct: { promptId: PromptId; variantId: VariantId; turnId: TurnId; direction: Direction };
  stop: { turnId: TurnId };
  /** What this person is called, from now on. */
  "name-me": { name: string };
  /** From the variant as it is now, or from a commit of its history. */
  fork: { variantId: VariantId; variantIds: VariantId[]; commitId?: CommitId };
  keep: { variantId: VariantId; kept: boolean };
  rename: { variantId: VariantId | null; name: string };
  /** Off the table, or back on it: nothing is lost by it. What runs on it is stopped. */
  delete: { variantId: VariantId; deleted: boolean };
  /** All variants of a set that lie on the table, from the left. Letters stay with their variants. */
  reorder: { variantIds: VariantId[] };
  /** The hosts that previews may reach; none switches it off. */
  network: { hosts: string[] };
  restore: { variantId: VariantId; commitId: CommitId; turnId: TurnId };
  /** `undoId` is the id of the turn that takes `turnId` back. */
  undo: { turnId: TurnId; undoId: TurnId };
  /** Of one commit (of a variant); else live: of one variant, or of the whole room. With `setNumber` of what that set's variants are now. */
  share: {
    shareId: ShareId;
    token: string;
    commitId: CommitId | null;
    role: Share["role"];
    variantId?: VariantId;
    setNumber?: number;
    name?: string;
    expiresAt?: number;
    password?: string;
  };
  /** What is not named stays; null takes an end or a password away. */
  "change-share": {
    shareId: ShareId;
    name?: string;
    role?: Share["role"];
    expiresAt?: number | null;
    password?: string | null;
    /** Search engines may list its page. */
    indexed?: boolean;
  };
  "list-shares": Record<string, never>;
  revoke: { shareId: ShareId };
  /** A seam for the review call: its role is checked, and what is said is not taken yet. */
  comment: { commentId: string; variantId: VariantId; text: string };
  files: { commitId: CommitId };
  /** Gives the variant as it is now, or one of its commits, a name. */
  checkpoint: { checkpointId: CheckpointId; variantId: VariantId; commitId: CommitId | null; name: string };
  /** Null takes the name away; what it named stays where it was. */
  "change-checkpoint": { checkpointId: CheckpointId; name: string | null };
  /** What time is it at the server? The times of frames are by its clock. */
  clock: Record<string, never>;
  /** Someone is about to send a prompt: the lane's connections are opened. At most every 30 s; nothing is told back. */
  warm: { lane: Lane };
  /** `specifier` as the variant's files import it: "swiper", "swiper/react". Takes as long as the registry does. */
  "add-package": { variantId: VariantId; specifier: string };
};

export type Answers = {
  join: Joined;
  update: { seq: number };
  prompt: { turns: Turn[]; taken: Taken[] };
  estimate: Estimate;
  "switch-lane": object;
  continue: { turn: Turn };
  fix: { turn: Turn | null };
  plan: { plan: Plan };
  build: object;
  direct: object;
  stop: object;
  "name-me": object;
  fork: { variants: Variant[]; documents: JoinedVariant[] };
  keep: { variant: Variant };
  rename: object;
  delete: { variant: Variant };
  reorder: object;
  network: { network: Network | null };
  restore: { turn: Turn };
  undo: { turn: Turn };
  share: { share: Share };
  "change-share": { share: Share };
  "list-shares": { shares: Share[] };
  revoke: object;
  comment: object;
  files: { files: [path: string, text: string][] };
  checkpoint: { checkpoint: Checkpoint };
  "change-checkpoint": object;
  clock: { nowMs: number };
  warm: object;
  "add-package": { name: string; version: string };
};

export type CommandName = keyof Commands;

/** Socket.IO's event maps. */
export type ClientToServer = {
  [Name in CommandName]: (body: Commands[Name], ack: (answer: Ack<Answers[Name]>) => void) => void;
} & {
  /** Volatile and not acknowledged: the next one says the same and more. */
  presence: (place: Place) => void;
};

export type ServerToClient = {
  /** Binary, see frame.ts. */
  frame: (bytes: ArrayBuffer | Uint8Array) => void;
  "turn-start": (turn: Turn) => void;
  /** More was said to a turn that is being written, or another lane answers it. */
  "turn-change": (turn: Turn) => void;
  /** Null: it waits no longer. */
  "turn-wait": (body: { turnId: TurnId; wait: TurnWait | null }) => void;
  lanes: (lanes: LaneInfo[]) => void;
  plan: (plan: Plan | null) => void;
  sameness: (sameness: Sameness | null) => void;
  /** While it runs, at most twice a second: figures for the turn row. */
  "turn-progress": (progress: LiveProgress) => void;
  "turn-end": (turn: Turn) => void;
  /** New variants on the table, with their documents. */
  "variant-add": (body: { variants: Variant[]; documents: JoinedVariant[] }) => void;
  "variant-change": (variant: Variant) => void;
  "project-change": (project: { title: string; network: Network | null }) => void;
  /** Its script can be loaded now. */
  "package-add": (body: { name: string; version: string }) => void;
  people: (people: Person[]) => void;
  /** Frames were left out for this socket, or drafts were replaced: join again. */
  resync: () => void;
  /** All that are somewhere, yourself too; combined and volatile. */
  presence: (presence: Presence[]) => void;
  checkpoints: (checkpoints: Checkpoint[]) => void;
  beacon: (body: { epoch: string; vectors: [slot: number, stateVector: Uint8Array][] }) => void;
  bye: (body: { code: ByeCode }) => void;
};

/** One part of a binary frame; order is order of effect. */
export type FramePart =
  | { kind: "update"; slot: number; bytes: Uint8Array }
  /** An update whose text stands in an open draft of this variant: drawn.ts. */
  | ({ kind: "update-drawn"; slot: number } & Drawn)
  | { kind: "draft-start"; slot: number; draft: Omit<DraftState, "text"> }
  | { kind: "draft-delta"; slot: number; editId: number; text: string }
  /** `used` characters left the front of the draft and stand in the document now; start and end anchor the region anew. */
  | {
      kind: "draft-splice";
      slot: number;
      editId: number;
      used: number;
      start: string | null;
      end: string | null;
    }
  | { kind: "draft-end"; slot: number; editId: number; result: "applied" | "failed" | "stopped" | "cut" };

/** By the server's clock: when the oldest text of a model in this frame came to the server, and when the frame left. */
export type FrameTimes = { oldestTokenMs: number; sentMs: number };

export type Frame = FrameTimes & { sequence: number; parts: FramePart[] };
