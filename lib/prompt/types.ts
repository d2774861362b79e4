/** What a model is asked: everything a driver needs, and nothing that differs between runs of the same request. */
import type { Direction } from "#lib/project/direction.ts";
import type { Files } from "#lib/project/files.ts";
import type { PickedElement } from "#lib/project/picked.ts";
import type { Vary } from "#lib/project/vary.ts";
import type { EditFormat } from "./edit-format.ts";

export type Message = { role: "system" | "user" | "assistant"; content: string };

export type Prompt = {
  /** For language models: the built messages; three variants share all but the end of the last one, byte for byte. */
  messages: Message[];
  /** So much of the first message behind the instructions is the same for all variants. */
  sharedChars?: number;
  maxOutputTokens: number;
  /** Same for all variants of a project: lets providers find their prompt cache. */
  cacheKey: string;
  /** How edits are asked for; a driver may offer "v4a" as a freeform tool where the API has one. */
  format?: EditFormat;
  /** The request itself, for drivers that are no language model (the built-in designer) and for logs of sizes. */
  request: PromptRequest;
};

export type PlannedVariant = { letter: string; direction: Direction };

export type PromptRequest = {
  /** The person's words. */
  text: string;
  /** "create": the first prompt of a project; "change": a follow-up. */
  kind: "create" | "change";
  files: Files;
  /** Letter of the variant that answers: "A". */
  letter: string;
  /** 0, 1, 2 … within its set; `variantCount` asked at once. Used to draw directions that differ. */
  position: number;
  variantCount: number;
  /** Stable per project: the same seed, letter, text and files give the same answer of the built-in designer. */
  seed: string;
  /** Earlier prompts of this variant, oldest first, with a one-line result each. */
  history: { prompt: string; result: string }[];
  /** Path → number of the last turn that changed it; files no turn has changed are not in it. */
  changedAt?: ReadonlyMap<string, number>;
  /** What this variant is going to be; planned, or edited by a person. */
  direction?: Direction | null;
  /** All directions of the set, when they were known before any of it was asked: the same for each variant. */
  plan?: readonly PlannedVariant[];
  vary?: Vary;
  /** What the person points at, and in which variant. */
  picked?: readonly (Pick<PickedElement, "path" | "start" | "end" | "selector" | "text"> & {
    letter: string;
  })[];
  /** Other variants of its set that the words speak of, as they are now. */
  others?: readonly { letter: string; files: Files }[];
  /** The answer goes on from here: it was cut, or stopped because the person said more. */
  soFar?: string | null;
  /** One sentence when this page is too much like another of its set. */
  tooAlike?: string | null;
  /** Text that a page made, such as its error: told as data, never as an instruction. */
  reported?: string | null;
};
