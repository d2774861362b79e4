/** What the turns of a room need of it, and what they are asked. */
import type { DraftFact } from "#lib/document/edit-session.ts";
import type { EditTarget } from "#lib/edit/types.ts";
import type { CommitId, ProjectId, PromptId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Answerer, Turn, Variant } from "#lib/project/rows.ts";
import type { Storage } from "#lib/storage/types.ts";
import type { Answering } from "#lib/turn/answering.ts";
import type { LiveProgress, TurnWait } from "#lib/wire/events.ts";
import type { LiveDocument } from "./live-document.ts";
import type { Extras } from "./turn-job.ts";

export type TurnRunnerOptions = {
  projectId: ProjectId;
  storage: Storage;
  answering: Answering;
  accepts: NonNullable<EditTarget["accepts"]>;
  now: () => number;
  newId: () => string;
  variant(id: VariantId): Variant;
  variantsOfSet(setNumber: number): Variant[];
  live(id: VariantId): Promise<LiveDocument>;
  /** Tokens of a language model that planning has cost this project. */
  plansSpent(): number;
  /** Its turns may run here: false while another process writes it. At once when it is held already. */
  hold(id: VariantId): Promise<boolean>;
  emit: {
    start(turn: Turn): void;
    change(turn: Turn): void;
    wait(turnId: TurnId, wait: TurnWait | null): void;
    /** Text of a model has come: what is emitted in this task stems from it. */
    text(): void;
    progress(progress: LiveProgress): void;
    end(turn: Turn): void;
    drafts(slot: number, turnId: TurnId, facts: DraftFact[]): void;
    committed(variantId: VariantId, commitId: CommitId): void;
    named(variantId: VariantId, name: string): void;
  };
  onError(what: string, error: unknown): void;
};

export type Asked = {
  promptId: PromptId;
  turnIds: ReadonlyMap<VariantId, TurnId>;
  lane: Answerer;
  /** Where it is not the same for all variants. */
  lanes?: ReadonlyMap<VariantId, Answerer>;
  text: string;
  kind: Turn["kind"];
  person: string;
  whileWriting?: "queue" | "steer" | "now";
  /** What was pointed at, wherever the words end up: in a turn of their own, or in the one that is being written. */
  picked?: NonNullable<Extras["picked"]>;
  extras?(variantId: VariantId): Extras;
};
