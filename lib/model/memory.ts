/** What a server remembers behind a response's id, and what of a prompt it still needs to be sent (models.md §3.3). */
import type { Message } from "#lib/prompt/types.ts";

export type Memory = {
  responseId: string;
  /** Everything up to and with its own answer. */
  messages: readonly Message[];
  /** Calls of the freeform tool, which the next input must answer. */
  calls: readonly string[];
};

/**
 * The messages that go on where the memory ends; null when the prompt does not go on from it. Answers of the model need not
 * stand in the prompt: remembering more of what was said is no harm.
 */
export function messagesAfter(memory: Memory, messages: readonly Message[]): Message[] | null {
  let at = 0;
  for (const known of memory.messages) {
    const next = messages[at];
    if (next && next.role === known.role && next.content === known.content) at++;
    else if (known.role !== "assistant") return null;
  }
  const rest = messages.slice(at);
  return rest.length > 0 ? rest : null;
}
