/** Models whose text is counted, and that are read no faster than this process bears. */
import type { Driver, Lanes } from "#lib/model/types.ts";
import type { Figures } from "./figures.ts";
import type { Load } from "./load.ts";

export function slowedLanes(
  lanes: Lanes,
  designer: Driver | undefined,
  load: Load,
  figures: Figures,
): { lanes: Lanes; designer: Driver } {
  // What else a driver is and does is asked of it each time: a lane may get another model.
  const slowed = (driver: Driver): Driver =>
    Object.assign(Object.create(driver) as Driver, {
      async *model(...[prompt, signal, note]: Parameters<Driver["model"]>) {
        for await (const text of driver.model(prompt, signal, note)) {
          figures.text(text.length);
          yield text;
          await load.mayRead(signal);
        }
      },
    });
  // One driver stays one: a lane that is another one's has no queue of its own.
  const known = new Map<Driver, Driver>();
  const once = (driver: Driver): Driver => {
    const read = known.get(driver) ?? slowed(driver);
    known.set(driver, read);
    return read;
  };
  return {
    lanes: {
      get fast() {
        return once(lanes.fast);
      },
      get deep() {
        return once(lanes.deep);
      },
    },
    designer: once(designer ?? lanes.fast),
  };
}
