/** A prompt as a request of the Responses API, over SSE and over the socket. */
import type { Message, Prompt } from "#lib/prompt/types.ts";
import { hasPatchTool, PATCH_TOOL } from "./patch-tool.ts";

/** What a server may refuse; each is left out once it did. */
export const OPTIONAL_FIELDS = ["prompt_cache_key", "max_output_tokens", "tools", "store"] as const;

export type InputItem =
  | {
      type: "message";
      role: "user" | "assistant";
      content: { type: "input_text" | "output_text"; text: string }[];
    }
  | { type: "custom_tool_call_output"; call_id: string; output: string };

type Asked = { messages: readonly Message[] } & Partial<Pick<Prompt, "maxOutputTokens" | "cacheKey">>;

/** The fields that every request of a prompt has, whatever input it sends. */
export function settingsOf(
  { messages, maxOutputTokens, cacheKey }: Asked,
  model: string,
  refused: ReadonlySet<string>,
): object {
  const fields = {
    prompt_cache_key: cacheKey,
    max_output_tokens: maxOutputTokens,
    store: false,
    ...(hasPatchTool(model) ? { tools: [PATCH_TOOL] } : {}),
  };
  const kept = Object.entries(fields).filter(([name, value]) => value !== undefined && !refused.has(name));
  return { model, instructions: instructionsOf(messages), ...Object.fromEntries(kept) };
}

/** The first message, when it is the system's, is sent as instructions; they must come along with every request. */
function instructionsOf([first]: readonly Message[]): string {
  return first?.role === "system" ? first.content : "";
}

export function inputOf(messages: readonly Message[]): InputItem[] {
  const rest = messages[0]?.role === "system" ? messages.slice(1) : messages;
  return rest.map(({ role, content }) => ({
    type: "message",
    role: role === "assistant" ? "assistant" : "user",
    content: [{ type: role === "assistant" ? "output_text" : "input_text", text: content }],
  }));
}
