/**
 * Who may use a lane now: so many turns at once, first in first out for each person, in turn between people. A provider that
 * says "too many" pauses the lane, and everyone in it waits; nobody is moved to another lane by themselves (models.md §5).
 */

export type Place = { release(): void };

/** `ahead` waiting before it; `pausedUntil` while the lane's limit is used up. */
export type LaneWait = { ahead: number; pausedUntil: number | null };

export type Entry = {
  person: string;
  signal: AbortSignal;
  /** Before others of the same person: it had a place already. */
  first?: boolean;
  onWait(wait: LaneWait): void;
};

export type LaneQueue = {
  /** Resolves with a place, or with null when the signal fired before there was one. */
  enter(entry: Entry): Promise<Place | null>;
  /** A later time wins over an earlier one. */
  pause(untilMs: number): void;
  /** The lane has another model: what the one before was told does not count. */
  resume(): void;
  /** Who has subscribed looks again. */
  announce(): void;
  state(): { running: number; waiting: number; pausedUntil: number | null };
  subscribe(listener: () => void): () => void;
};

type Waiting = Entry & { take(place: Place): void; told: string };

export function createLaneQueue({ atOnce, now }: { atOnce: number; now: () => number }): LaneQueue {
  let waiting: Waiting[] = [];
  let pausedUntil: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const running: string[] = [];
  const listeners = new Set<() => void>();

  function move(): void {
    while (waiting.length > 0 && running.length < atOnce && !isPaused()) {
      const next = choose();
      waiting = waiting.filter((each) => each !== next);
      next.take(placeFor(next.person));
    }
    waiting.forEach(tell);
    for (const listener of listeners) listener();
  }

  /** The person with the fewest turns running, then whoever has waited longest. */
  function choose(): Waiting {
    const load = ({ person }: Waiting) => running.filter((each) => each === person).length;
    return waiting.reduce((best, each) => (load(each) < load(best) ? each : best));
  }

  function placeFor(person: string): Place {
    running.push(person);
    let isHeld = true;
    return {
      release() {
        if (!isHeld) return;
        isHeld = false;
        running.splice(running.indexOf(person), 1);
        move();
      },
    };
  }

  function isPaused(): boolean {
    if (pausedUntil !== null && now() >= pausedUntil) pausedUntil = null;
    return pausedUntil !== null;
  }

  function tell(entry: Waiting, ahead: number): void {
    const words = `${ahead} ${pausedUntil}`;
    if (entry.told === words) return;
    entry.told = words;
    entry.onWait({ ahead, pausedUntil });
  }

  function wakeAt(untilMs: number): void {
    if (timer) clearTimeout(timer);
    timer = setTimeout(
      () => {
        timer = null;
        if (isPaused()) wakeAt(pausedUntil as number);
        else move();
      },
      Math.max(1, untilMs - now()),
    );
    timer.unref();
  }

  return {
    enter(entry) {
      if (entry.signal.aborted) return Promise.resolve(null);
      return new Promise((resolve) => {
        const leave = () => {
          waiting = waiting.filter((each) => each !== mine);
          resolve(null);
          move();
        };
        const mine: Waiting = {
          ...entry,
          told: "",

          take(place) {
            entry.signal.removeEventListener("abort", leave);
            resolve(place);
          },
        };
        entry.signal.addEventListener("abort", leave, { once: true });
        if (entry.first) waiting.unshift(mine);
        else waiting.push(mine);
        move();
      });
    },
    pause(untilMs) {
      pausedUntil = Math.max(pausedUntil ?? 0, untilMs);
      wakeAt(pausedUntil);
      move();
    },
    resume() {
      pausedUntil = null;
      move();
    },
    announce: move,
    state: () => ({
      running: running.length,
      waiting: waiting.length,
      pausedUntil: isPaused() ? pausedUntil : null,
    }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
