/**
 * New words for a running response: `response.steer`, its acknowledgement, and the successor that follows by itself.
 * Acknowledged words are the server's; they stand in the answer only once the successor was created.
 */
import { isEvent, type ModelEvent } from "./answer.ts";
import type { ModelSocket } from "./model-socket.ts";

const ANSWER_WITHIN_MS = 2_000;

export class Steering {
  /** Of the response that is written now. */
  responseId: string | null = null;
  readonly words: string[] = [];
  private readonly socket: ModelSocket;
  /** Words the server has taken, and no successor has begun with. */
  private readonly accepted = new Set<unknown>();
  private readonly waiting: ((isTaken: boolean) => void)[] = [];

  constructor(socket: ModelSocket) {
    this.socket = socket;
  }

  /** False when the server cannot, or does not say in time: then the answer must be stopped. */
  ask(text: string): Promise<boolean> {
    if (this.responseId === null || this.socket.isClosed) return Promise.resolve(false);
    const content = [{ type: "input_text", text }];
    const input = [{ type: "message", role: "user", content }];
    this.socket.send({ type: "response.steer", previous_response_id: this.responseId, input });
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), ANSWER_WITHIN_MS);
      this.waiting.push((isTaken) => {
        clearTimeout(timer);
        if (isTaken) this.words.push(text);
        resolve(isTaken);
      });
    });
  }

  get isSuccessorDue(): boolean {
    return this.accepted.size > 0;
  }

  hear({ type, steer }: ModelEvent): void {
    const id = isEvent(steer) ? steer.id : undefined;
    if (type === "response.steer.accepted") {
      this.accepted.add(id);
      this.waiting.shift()?.(true);
    } else if (type === "response.steer.failed" && !this.accepted.delete(id)) this.waiting.shift()?.(false);
  }

  /** A response began: a successor takes all words that were accepted. */
  began(responseId: string | null): void {
    this.responseId = responseId;
    this.accepted.clear();
  }

  end(): void {
    for (const answer of this.waiting.splice(0)) answer(false);
  }
}
