/** One answer on a socket: the request, its events, steering, and what the server remembers afterwards. */
import type { Message, Prompt } from "#lib/prompt/types.ts";
import { type Answer, isEvent, type ModelEvent } from "./answer.ts";
import { messagesAfter } from "./memory.ts";
import type { ModelSocket } from "./model-socket.ts";
import { idOf, understandResponses } from "./responses-events.ts";
import { type InputItem, inputOf, settingsOf } from "./responses-request.ts";
import { Steering } from "./steering.ts";

export type Speech = {
  readonly responseId: string | null;
  /** The answer has ended and its socket can serve another. */
  readonly isWhole: boolean;
  texts(sawThinking: () => void): AsyncGenerator<string>;
  steer(text: string): Promise<boolean>;
  end(): void;
};

/** The server forgot what was said on this connection, or lets nothing more be said: asked again on a new one, in full. */
export class ConnectionSpent extends Error {}

const SPENT = new Set<unknown>(["previous_response_not_found", "websocket_connection_limit_reached"]);

export function speak(
  socket: ModelSocket,
  prompt: Prompt,
  answer: Answer,
  refused: ReadonlySet<string>,
): Speech {
  const steering = new Steering(socket);
  const calls: string[] = [];
  const written: Message[] = [];
  let text = "";
  let isWhole = false;

  function understand(event: ModelEvent, into: Answer): void {
    const type = String(event.type);
    if (type.startsWith("response.steer.")) return steering.hear(event);
    if (type === "error" && isEvent(event.error) && SPENT.has(event.error.code))
      throw new ConnectionSpent(String(event.error.code));
    if (type === "response.created") {
      if (steering.isSuccessorDue) succeed(into);
      steering.began(idOf(event.response));
    }
    if (
      type === "response.output_item.added" &&
      isEvent(event.item) &&
      typeof event.item.call_id === "string"
    )
      calls.push(event.item.call_id);
    understandResponses(event, into);
  }

  /** The answer goes on as another response, which follows the words that steered it. */
  function succeed(into: Answer): void {
    written.push(assistant(text), ...steering.words.splice(0).map(user));
    text = "";
    into.reason = null;
  }

  async function* texts(sawThinking: () => void): AsyncGenerator<string> {
    socket.send(requestOf(socket, prompt, answer.server.model, refused));
    socket.memory = null;
    while (!isWhole) {
      for (const data of await socket.read()) {
        // What was written so far is given out before the successor is told of.
        if (steering.isSuccessorDue && data.includes('"response.created"')) yield* taken();
        answer.read(data, understand);
      }
      if (answer.takeThinking()) {
        sawThinking();
        answer.note({ type: "thinking" });
      }
      yield* taken();
      answer.throwFailure();
      // A response that took new words is followed by its successor, on its own.
      if (answer.isDone && steering.isSuccessorDue) answer.isDone = false;
      isWhole = answer.isDone;
    }
    remember();
  }

  function* taken(): Generator<string> {
    const piece = answer.takeText();
    text += piece;
    if (piece !== "") yield piece;
  }

  function remember(): void {
    if (answer.reason !== "stop" || answer.responseId === null) return;
    const messages = [...prompt.messages, ...written, assistant(text)];
    socket.memory = { responseId: answer.responseId, messages, calls };
  }

  return {
    get responseId() {
      return steering.responseId;
    },
    get isWhole() {
      return isWhole;
    },
    texts,
    steer: (words) => (isWhole ? Promise.resolve(false) : steering.ask(words)),
    end: () => steering.end(),
  };
}

/** Only what the server does not remember; everything when it remembers nothing of this prompt. */
function requestOf(
  { memory }: ModelSocket,
  prompt: Prompt,
  model: string,
  refused: ReadonlySet<string>,
): object {
  const settings = settingsOf(prompt, model, refused);
  const rest = memory ? messagesAfter(memory, prompt.messages) : null;
  if (!memory || !rest) return { type: "response.create", ...settings, input: inputOf(prompt.messages) };
  const outputs = memory.calls.map(
    (call_id): InputItem => ({ type: "custom_tool_call_output", call_id, output: "Applied." }),
  );
  const input = [...outputs, ...inputOf(rest)];
  return { type: "response.create", ...settings, previous_response_id: memory.responseId, input };
}

/** Lets the server take in what the next prompts begin with; nothing is generated. */
export async function prewarm(
  socket: ModelSocket,
  prefix: readonly Message[],
  answer: Answer,
  refused: ReadonlySet<string>,
): Promise<void> {
  const settings = settingsOf({ messages: prefix }, answer.server.model, refused);
  socket.send({ type: "response.create", ...settings, input: inputOf(prefix), generate: false });
  while (!answer.isDone) {
    for (const data of await socket.read()) answer.read(data, understandResponses);
    answer.throwFailure();
  }
  if (answer.responseId) socket.memory = { responseId: answer.responseId, messages: prefix, calls: [] };
}

function assistant(content: string): Message {
  return { role: "assistant", content };
}

function user(content: string): Message {
  return { role: "user", content };
}
