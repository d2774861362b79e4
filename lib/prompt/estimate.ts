/** How many tokens a text is, before a provider has counted it: bytes ÷ 3.6 until a model's own figures say better. */
import type { Prompt } from "./types.ts";

export const BYTES_PER_TOKEN = 3.6;

const encoder = new TextEncoder();

export function estimateTokens(text: string, bytesPerToken = BYTES_PER_TOKEN): number {
  return Math.ceil(byteLength(text) / bytesPerToken);
}

/** What a prompt costs at most: its messages, and all the output that is asked for. */
export function estimatePrompt(
  { messages, maxOutputTokens }: Pick<Prompt, "messages" | "maxOutputTokens">,
  bytesPerToken = BYTES_PER_TOKEN,
): { inputTokens: number; outputTokens: number } {
  const inputTokens = messages.reduce((sum, { content }) => sum + estimateTokens(content, bytesPerToken), 0);
  return { inputTokens, outputTokens: maxOutputTokens };
}

export function byteLength(text: string): number {
  return encoder.encode(text).byteLength;
}
