/** What turns wait for, and that everyone is told: a place in their lane, a provider's limit, the turn before them. */
import type { Place } from "#lib/turn/lane-queue.ts";
import type { TurnWait } from "#lib/wire/events.ts";
import type { Job } from "./turn-job.ts";
import type { TurnRunnerOptions } from "./turn-options.ts";

export class TurnWaits {
  private readonly options: Pick<TurnRunnerOptions, "answering" | "emit">;

  constructor(options: TurnRunnerOptions) {
    this.options = options;
  }

  /** Null: it was stopped before there was one. */
  async placeFor(job: Job, first: boolean): Promise<Place | null> {
    while (!job.abort.signal.aborted) {
      job.moving = new AbortController();
      const place = await this.options.answering.of(job.answerer).queue.enter({
        person: job.person,
        first,
        signal: AbortSignal.any([job.abort.signal, job.moving.signal]),
        onWait: ({ ahead, pausedUntil }) =>
          this.tell(
            job,
            pausedUntil === null ? { for: "lane", ahead } : { for: "limit", until: pausedUntil },
          ),
      });
      if (!place) continue;
      job.isWriting = true;
      this.tell(job, null);
      return place;
    }
    return null;
  }

  tell(job: Job, wait: TurnWait | null): void {
    if (JSON.stringify(job.wait) === JSON.stringify(wait)) return;
    job.wait = wait;
    this.options.emit.wait(job.turn.id, wait);
  }

  /** All turns of a variant: the first one runs. */
  tellQueue(jobs: readonly Job[]): void {
    jobs.forEach((job, ahead) => {
      if (ahead > 0) this.tell(job, { for: "variant", ahead });
    });
  }
}
