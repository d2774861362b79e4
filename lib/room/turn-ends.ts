/** Turns that have ended and are being stored; their raw text meanwhile, for whoever goes on at once. */
import type { TurnId } from "#lib/project/ids.ts";
import type { Turn } from "#lib/project/rows.ts";
import type { TurnRunnerOptions } from "./turn-options.ts";

export class TurnEnds {
  private readonly options: Pick<TurnRunnerOptions, "storage" | "onError">;
  private readonly writes = new Set<Promise<void>>();
  private readonly outputs = new Map<TurnId, string>();

  constructor(options: Pick<TurnRunnerOptions, "storage" | "onError">) {
    this.options = options;
  }

  store(turn: Turn, rawOutput: string): void {
    const { storage, onError } = this.options;
    const write: Promise<void> = storage
      .endTurn(turn, rawOutput)
      .catch((error: unknown) => onError("storing a turn", error))
      .finally(() => {
        this.writes.delete(write);
        this.outputs.delete(turn.id);
      });
    this.writes.add(write);
    this.outputs.set(turn.id, rawOutput);
  }

  /** What the model wrote, all of it. */
  async outputOf(turnId: TurnId): Promise<string | null> {
    return this.outputs.get(turnId) ?? this.options.storage.readTurnOutput(turnId);
  }

  /** Resolves when all are stored. */
  async settled(): Promise<void> {
    await Promise.all(this.writes);
  }
}
