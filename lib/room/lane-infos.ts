/** What people are told of the lanes: who answers, until when its limit is used up, and what is odd about it. */
import type { Lane } from "#lib/project/rows.ts";
import type { Answering } from "#lib/turn/answering.ts";
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
  const look = () => {
    const lanes = describeLanes(answering);
    const words = JSON.stringify(lanes);
    if (words === told) return;
    told = words;
    tell(lanes);
  };
  const stops = (["fast", "deep"] as const).map((lane) => answering.of(lane).queue.subscribe(look));
  return () => {
    for (const stop of stops) stop();
  };
}
