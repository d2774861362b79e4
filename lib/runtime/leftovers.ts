/**
 * What a module leaves behind when it is evaluated again: timers, frames and listeners that its own body (not a component's effect,
 * which React cleans up) has set. Half-written versions of a module run too; without this each would go on ticking.
 */
export class Leftovers {
  private readonly undo = new Set<() => void>();

  /** Runs `work`; what it sets belongs to this. */
  during<Result>(work: () => Result): Result {
    const outer = current;
    current = this;
    try {
      return work();
    } finally {
      current = outer;
    }
  }

  /** Ends all of it. */
  clear(): void {
    for (const end of this.undo) end();
    this.undo.clear();
  }

  add(end: () => void): () => void {
    this.undo.add(end);
    return () => this.undo.delete(end);
  }
}

let current: Leftovers | null = null;

type Callback = (...values: unknown[]) => void;
type SetTimer = (callback: Callback, ...rest: unknown[]) => number;

/** Replaces the page's timers and `addEventListener` by ones that know whose they are. Before any code of a project. */
export function watchLeftovers(): void {
  const names = [
    ["setTimeout", "clearTimeout", true],
    ["setInterval", "clearInterval", false],
    ["requestAnimationFrame", "cancelAnimationFrame", true],
  ] as const;
  for (const [set, clear, isOnce] of names) watchTimer(set, clear, isOnce);
  watchListeners();
}

function watchTimer(setName: string, clearName: string, isOnce: boolean): void {
  const page = window as unknown as Record<string, unknown>;
  const set = (page[setName] as SetTimer).bind(window);
  const clear = (page[clearName] as (id: number) => void).bind(window);
  page[setName] = (callback: unknown, ...rest: unknown[]) => {
    const owner = current;
    if (!owner || typeof callback !== "function") return set(callback as Callback, ...rest);
    const id = set(
      (...values) => {
        if (isOnce) done();
        // A loop of frames sets its next one here.
        owner.during(() => (callback as Callback)(...values));
      },
      ...rest,
    );
    const done = owner.add(() => clear(id));
    return id;
  };
}

function watchListeners(): void {
  const { addEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (this: EventTarget | undefined, type, listener, options) {
    // `addEventListener(…)` alone means the window.
    const target = this ?? window;
    const owner = current;
    addEventListener.call(target, type, listener, options);
    owner?.add(() => target.removeEventListener(type, listener, options));
  };
}
