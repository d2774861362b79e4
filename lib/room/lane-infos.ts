/** What people are told of the lanes: who answers, until when its limit is used up, and what is odd about it. */
import type { Lane } from "#lib/project/rows.ts";
import type { Answering } from "#lib/turn/answering.ts";
import type { LaneQueue } from "#lib/turn/lane-queue.ts";
import type { LaneInfo } from "#lib/wire/events.ts";

export function describeLanes(answering: Answering): LaneInfo[] {
  const lanes: Lane[] = answering.hasDeep ? ["fast", "deep"] : ["fast"];
  return lanes.map((lane) => {
    const { driver, queue } = answering.of(lane);
    const { name, builtIn } = driver;
    return { lane, name, builtIn, pausedUntil: queue.state().pausedUntil, note: noteOf(answering, lane) };
  });
}

function noteOf({ of, record }: Answering, lane: Lane): string | null {
  const { name, builtIn } = of(lane).driver;
  if (builtIn || record.formatOf(name) !== "whole") return null;
  const { failed, of: turns } = record.failedTurns(name);
  return `Asked for whole files: edits did not fit in ${failed} of its last ${turns} turns.`;
}

/** Calls `tell` when what people are told has changed; returns the way to stop that. */
export function watchLanes(answering: Answering, tell: (lanes: LaneInfo[]) => void): () => void {
  let told = JSON.stringify(describeLanes(answering));
  const stops = new Map<LaneQueue, () => void>();
  const look = () => {
    follow();
    const lanes = describeLanes(answering);
    const words = JSON.stringify(lanes);
    if (words === told) return;
    told = words;
    tell(lanes);
  };
  // A lane that gets a model of its own gets a queue of its own.
  const follow = () => {
    for (const lane of ["fast", "deep"] as const) {
      const { queue } = answering.of(lane);
      if (!stops.has(queue)) stops.set(queue, queue.subscribe(look));
    }
  };
  follow();
  return () => {
    for (const stop of stops.values()) stop();
  };
}
