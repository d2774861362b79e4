/**
 * What the three host pages share: they hear the probes of their frames, make edits, and keep the times. All times are
 * timeOrigin + now(), so that those of different processes compare.
 */
import { markOf } from "./fixture.ts";
import type { Probe } from "./probe.ts";

export type Driver = {
  panes: number;
  /** Puts `MARK-number` into a pane's hero. */
  edit(pane: number, number: number): void;
  /** What stands in place of the marked line, in all panes, as it is written. Only ours has it. */
  grow?: { begin(): void; more(text: string): void; end(): void };
};

export type Stream = {
  /** Distinct marks seen in each pane. */
  seen: number[];
  sent: number;
  lags: number[];
  /** Edits that the host itself sent more than a frame late. */
  late: number;
  showsLast: boolean[];
};

export type Host = {
  /** Every pane has shown its hero; the time since the page was opened, and since the last frame got its port. */
  cold(): Promise<{ openedMs: number; readyMs: number }>;
  edits(count: number): Promise<{ dom: number[]; paint: number[]; lost: number }>;
  stream(count: number): Promise<Stream>;
  halfWritten(text: string, steps: number): Promise<Stream>;
  /** After `act`, until all panes show a hero anew. */
  appearAfter(act: () => void): Promise<number>;
};

type Heard = Probe & { pane: number };

const STEP_MS = 20;
const PAUSE_MS = 150;
const PATIENCE_MS = 8_000;
const FRAME_MS = 17;

export function installHost(driver: Driver): Host {
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  const panes = Array.from({ length: driver.panes }, (_, pane) => pane);
  let number = 0;

  addEventListener("message", ({ data, source }) => {
    if (!data?.probe) return;
    heard.push({ ...data.probe, pane: paneOf(source as Window) });
    for (const look of [...waiting]) look();
  });

  /** False when it did not come true in time. */
  function until(holds: () => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (result: boolean) => {
        waiting.delete(look);
        clearTimeout(timer);
        resolve(result);
      };
      const look = () => holds() && done(true);
      const timer = setTimeout(() => done(false), PATIENCE_MS * (driver.panes + 1));
      waiting.add(look);
      look();
    });
  }

  const marksIn = (pane: number) =>
    heard.filter((each) => each.kind === "mark").filter((each) => each.pane === pane);
  const markIn = (pane: number, wanted: number) => marksIn(pane).find((each) => each.number === wanted);
  const timesOf = (kind: "ready" | "appear") =>
    heard.flatMap((each) => (each.kind === kind ? [each.at] : []));

  async function edits(count: number) {
    const dom: number[] = [];
    const paint: number[] = [];
    let lost = 0;
    for (let done = 0; done < count; done++) {
      const wanted = ++number;
      const sentAt = panes.map((pane) => {
        const at = now();
        driver.edit(pane, wanted);
        return at;
      });
      await until(() => panes.every((pane) => markIn(pane, wanted)));
      for (const pane of panes) {
        const mark = markIn(pane, wanted);
        if (!mark) lost++;
        dom.push((mark?.domAt ?? Number.POSITIVE_INFINITY) - (sentAt[pane] ?? 0));
        paint.push((mark?.paintAt ?? Number.POSITIVE_INFINITY) - (sentAt[pane] ?? 0));
      }
      await sleep(PAUSE_MS);
    }
    return { dom, paint, lost };
  }

  /** `step` sends what is due and says which marks it completed. */
  async function run(steps: number, step: (index: number) => number[]): Promise<Stream> {
    heard.length = 0;
    const sentAt = new Map<number, number>();
    const startedAt = now();
    let late = 0;
    for (let index = 0; index < steps; index++) {
      const dueAt = startedAt + index * STEP_MS;
      if (now() < dueAt) await sleep(dueAt - now());
      if (now() > dueAt + FRAME_MS) late++;
      const at = now();
      for (const mark of step(index)) sentAt.set(mark, at);
    }
    const last = Math.max(...sentAt.keys());
    await until(() => panes.every((pane) => markIn(pane, last)));
    const found = panes.map((pane) => marksIn(pane).filter((mark) => sentAt.has(mark.number)));
    return {
      seen: found.map((marks) => new Set(marks.map((mark) => mark.number)).size),
      sent: sentAt.size,
      lags: found.flat().map((mark) => mark.paintAt - (sentAt.get(mark.number) ?? 0)),
      late,
      showsLast: panes.map((pane) => markIn(pane, last) !== undefined),
    };
  }

  return {
    edits,
    async cold() {
      const hasAll = await until(() => timesOf("appear").length >= driver.panes);
      if (!hasAll)
        throw new Error(`only ${timesOf("appear").length} of ${driver.panes} panes showed the page`);
      const paintedAt = Math.max(...timesOf("appear"));
      return {
        openedMs: paintedAt - performance.timeOrigin,
        readyMs: paintedAt - Math.max(...timesOf("ready")),
      };
    },
    stream: (count) =>
      run(count, () => {
        number++;
        for (const pane of panes) driver.edit(pane, number);
        return [number];
      }),
    async halfWritten(text, steps) {
      const cut = (index: number) => Math.ceil((text.length * index) / steps);
      driver.grow?.begin();
      const stream = await run(steps, (index) => {
        const more = text.slice(cut(index), cut(index + 1));
        driver.grow?.more(more);
        return marksBetween(text, cut(index), cut(index + 1));
      });
      driver.grow?.end();
      return stream;
    },
    async appearAfter(act) {
      const before = timesOf("appear").length;
      const at = now();
      act();
      await until(() => timesOf("appear").length >= before + driver.panes);
      return Math.max(...timesOf("appear")) - at;
    },
  };
}

export function now(): number {
  return performance.timeOrigin + performance.now();
}

function sleep(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

/** The probes of a page in a frame of the frame count for the pane, too. */
function paneOf(source: Window): number {
  const frames = [...document.querySelectorAll("iframe")].map((frame) => frame.contentWindow);
  return frames.findIndex((frame) => frame === source || frame === source.parent);
}

/** Marks whose last digit stands in [start, end). */
function marksBetween(text: string, start: number, end: number): number[] {
  const length = markOf(0).length;
  return [...text.slice(Math.max(0, start - length + 1), end).matchAll(/MARK-(\d{4})/g)].map((match) =>
    Number(match[1]),
  );
}
