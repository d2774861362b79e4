/** Directions for the variants of one prompt, from the first idea to the built pages; and what is kept of it at rest. */
import type { Direction } from "./direction.ts";
import type { PromptId, TurnId, VariantId } from "./ids.ts";
import type { Answerer } from "./rows.ts";

export type PlannedVariant = {
  variantId: VariantId;
  letter: string;
  /** Null while it is being planned. */
  direction: Direction | null;
  /** The turn that builds it; null before. */
  turnId: TurnId | null;
};

/** Art directions of one prompt, one for each variant. "held": nothing is built before a person says so. */
export type Plan = {
  promptId: PromptId;
  text: string;
  state: "planning" | "held" | "building" | "built";
  /** Who wrote it: "Built-in designer", or the deep lane's model. */
  by: string;
  /** What went wrong, and what was done about it. */
  message: string | null;
  /** Tokens of a language model that planning cost. */
  tokens: number;
  variants: PlannedVariant[];
};

/** A project's last plan: it outlives its room, and the process. */
export type StoredPlan = {
  plan: Plan;
  lane: Answerer;
  person: string;
  /** The turns that its variants are to be built by. */
  turnIds: [VariantId, TurnId][];
  /** Tokens that all plans of the project have cost. */
  spentTokens: number;
};
