/** What a model is asked: everything a driver needs, and nothing that differs between runs of the same request. */
import type { Files } from "#lib/project/files.ts";

export type Message = { role: "system" | "user" | "assistant"; content: string };

export type Prompt = {
  /** For language models: the built messages; three variants share all but the end of the last one, byte for byte. */
  messages: Message[];
  maxOutputTokens: number;
  /** Same for all variants of a project: lets providers find their prompt cache. */
  cacheKey: string;
  /** The request itself, for drivers that are no language model (the built-in designer) and for logs of sizes. */
  request: PromptRequest;
};

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
};
