/**
 * A loop without an end must not take the page: every loop of a project's file asks here, and is ended with an error when one
 * task was busy in loops for a second. Only inserted, into what the compiler wrote: lines stay where they are (preview.md §8).
 */
import { loopsOf } from "./loop-reader.ts";

const ROUNDS_PER_LOOK = 1_000;
const LIMIT_MS = 1_000;
/** For what is unfinished or was caught once already in this task: its second try must not cost a second again. */
const SHORT_LIMIT_MS = 100;
/** The most that one look counts: a machine that slept did not loop. */
const MAX_LOOK_MS = 250;

const HAS_LOOP = /\b(?:for|while)\b\s*(?:\(|await\b|\/[/*])/;
const IN_HEAD = "__round(),";
const BEHIND_HEAD = " if(__round());else ";

/** Compiled code → the same with a call of `__round` in each round of each loop. What cannot be read stays as it is. */
export function guardLoops(code: string): string {
  if (!HAS_LOOP.test(code)) return code;
  let guarded = "";
  let from = 0;
  for (const { position, isHead } of loopsOf(code)) {
    guarded += code.slice(from, position) + (isHead ? IN_HEAD : BEHIND_HEAD);
    from = position;
  }
  return guarded + code.slice(from);
}

export class EndlessLoop extends Error {
  constructor(busyMs: number, limitMs: number) {
    super(
      `A loop kept the page busy for ${Math.round(busyMs)} ms without a pause; ${limitMs} ms are allowed. Give it an end, or let it pause: await new Promise((resolve) => setTimeout(resolve)).`,
    );
    this.name = "EndlessLoop";
  }
}

let rounds = 0;
let busyMs = 0;
let lookedAt = 0;
let limitMs = LIMIT_MS;
let isInTask = false;
let isUnfinished = false;
/** A loop was ended in this task: the others of it end at their next round, whoever catches the error. */
let isSpent = false;
let wasCaught = false;

/** Called in every round. Returns nothing, so that `if(__round());else …` runs what it stands before. */
export function countRound(): void {
  if (++rounds < ROUNDS_PER_LOOK && !isSpent) return;
  rounds = 0;
  look(performance.now());
}

/** What runs from now on may be cut off in the middle of a loop. */
export function expectUnfinished(on: boolean): void {
  isUnfinished = on;
}

/** A module is run: what this task did before is not its time, and what ran instead of an endless loop gets its own. */
export function startRounds(): void {
  beginTask();
  rounds = busyMs = 0;
  lookedAt = performance.now();
  isSpent = false;
  limitMs = isUnfinished || wasCaught ? SHORT_LIMIT_MS : LIMIT_MS;
}

function look(now: number): void {
  if (!isInTask) lookedAt = now;
  beginTask();
  busyMs += Math.min(now - lookedAt, MAX_LOOK_MS);
  lookedAt = now;
  if (busyMs < limitMs) return;
  isSpent = wasCaught = true;
  throw new EndlessLoop(busyMs, limitMs);
}

const task = new MessageChannel();
/** The page may put its own in its place. */
const later = setTimeout;
task.port1.onmessage = endTask;

/**
 * Settled promises do not leave a task, so they cannot hide a loop; messages and timers do. Both are asked: a loop that waits
 * for one of them may go on before the other comes.
 */
function beginTask(): void {
  if (isInTask) return;
  isInTask = true;
  task.port2.postMessage(null);
  later(endTask);
}

function endTask(): void {
  isInTask = isSpent = wasCaught = false;
  busyMs = 0;
  limitMs = LIMIT_MS;
}
