/** What all rooms of a process share to answer prompts: who answers, in which queue, how well, and what it may cost. */
import type { Driver, Lanes } from "#lib/model/types.ts";
import type { Direction } from "#lib/project/direction.ts";
import type { Answerer } from "#lib/project/rows.ts";
import { INPUT_TOKENS } from "#lib/prompt/build-prompt.ts";
import type { PromptRequest } from "#lib/prompt/types.ts";
import { createLaneQueue, type LaneQueue } from "./lane-queue.ts";
import { createModelRecord, type ModelRecord } from "./model-record.ts";
import { type Caps, createSpending, noCaps, type Spending } from "./spending.ts";

export type AnswererParts = { driver: Driver; queue: LaneQueue; inputTokens: number };

/** Directions for the variants of one prompt that differ; the built-in designer knows some. */
export type PickDirections = (request: PromptRequest, count: number) => Direction[];

export type Answering = {
  of(answerer: Answerer): AnswererParts;
  /** A deep lane of its own: without one, deep is the fast lane. */
  hasDeep: boolean;
  record: ModelRecord;
  spending: Spending;
  pickDirections: PickDirections;
  /** A page that does not run is mended once by itself. */
  autoFix: boolean;
};

export type AnsweringOptions = {
  lanes: Lanes;
  /** Always there; by default the fast lane's driver, which is the designer when nothing is set. */
  designer?: Driver;
  now: () => number;
  atOnce?: Partial<Record<Answerer, number>>;
  caps?: Caps;
  pickDirections?: PickDirections;
  autoFix?: boolean;
};

/** Three variants at once on a lane; the designer runs here and only costs our own time. */
const AT_ONCE: Record<Answerer, number> = { fast: 3, deep: 3, designer: 12 };

export function createAnswering(options: AnsweringOptions): Answering {
  const { lanes, now, designer = lanes.fast } = options;
  const parts = (answerer: Answerer, driver: Driver): AnswererParts => ({
    driver,
    queue: createLaneQueue({
      atOnce: options.atOnce?.[answerer] ?? (driver.builtIn ? AT_ONCE.designer : AT_ONCE[answerer]),
      now,
    }),
    inputTokens: INPUT_TOKENS[answerer === "deep" ? "deep" : "fast"],
  });
  // One driver has one queue, whichever lanes it is; a lane may get or lose a driver of its own while the server runs.
  const known = new Map<Driver, AnswererParts>();
  return {
    of(answerer) {
      const driver = answerer === "designer" ? designer : lanes[answerer];
      const found = known.get(driver) ?? parts(driver === lanes.fast ? "fast" : answerer, driver);
      known.set(driver, found);
      return found;
    },
    get hasDeep() {
      return lanes.deep !== lanes.fast;
    },
    record: createModelRecord(),
    spending: createSpending(options.caps ?? noCaps, now),
    pickDirections: options.pickDirections ?? (() => []),
    autoFix: options.autoFix ?? true,
  };
}
