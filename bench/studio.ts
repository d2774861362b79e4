/**
 * The studio under a person's hands, in one real Chromium: from the key to the picture that shows it, with three running previews
 * (design §7, interactions.md §2). `performance.now()` in the host page; the frames run beside it. The designer answers, no
 * language model.
 */
import type { Page } from "playwright-core";
import { createProject, newPage, openBrowser, startApp, waitUntilCreated } from "../tests/e2e/harness.ts";
import { quantile, type Row, round } from "./figures.ts";

const ROUNDS = 15;
const DRAG_STEPS = 120;

export async function bench(): Promise<{ name: string; rows: Row[] }> {
  const [app, browser] = await Promise.all([startApp({ TRIPTYCH_DESIGNER_RATE: "5000" }), openBrowser()]);
  try {
    const page = await newPage(browser);
    // tsx gives functions their names by this helper; in the page there is none.
    await page.addInitScript("globalThis.__name = (each) => each");
    await createProject(page, app, "A village bakery with prices and opening hours");
    await waitUntilCreated(page);
    const focus = await focusTimes(page);
    const drag = await dragFrames(page);
    return {
      name: "studio",
      rows: [
        ...spread("focus a variant: key → painted", focus),
        ...spread("compare: between two painted frames of a drag", drag),
        { what: "compare: frames painted a second while dragged", figure: ratePerSecond(drag), unit: "fps" },
      ],
    };
  } finally {
    await browser.close();
    await app.dispose();
  }
}

/** From the key event to the second frame after it: the first is drawn with the new layout, the second says that it was. */
async function focusTimes(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    times.push(
      await page.evaluate(
        (key) => {
          const begin = performance.now();
          dispatchEvent(new KeyboardEvent("keydown", { key, code: `Digit${key}`, bubbles: true }));
          return new Promise<number>((resolve) =>
            requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - begin))),
          );
        },
        String((round % 3) + 1),
      ),
    );
  }
  await page.keyboard.press("0");
  return times;
}

/** Real pointer moves, as fast as the browser takes them; the page counts its own frames. */
async function dragFrames(page: Page): Promise<number[]> {
  await page.keyboard.press("\\");
  const box = await page.getByRole("slider", { name: "Edge between the two" }).boundingBox();
  if (!box) throw new Error("there is no edge to drag");
  await page.evaluate(() => {
    const frames: number[] = [];
    const count = (at: number) => {
      frames.push(at);
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    Object.assign(window, { frames });
  });
  await page.mouse.move(box.x + 12, box.y + 200);
  await page.mouse.down();
  for (let step = 0; step < DRAG_STEPS; step++)
    await page.mouse.move(box.x + 12 + 300 * Math.sin(step / 15), box.y + 200);
  await page.mouse.up();
  const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames.splice(0));
  await page.keyboard.press("0");
  return frames.slice(1).map((at, index) => at - (frames[index] ?? at));
}

function spread(what: string, times: readonly number[]): Row[] {
  return [50, 95].map((share) => ({
    what: `${what}, p${share}`,
    figure: round(quantile(times, share / 100)),
    unit: "ms",
  }));
}

function ratePerSecond(gaps: readonly number[]): number {
  return Math.round((gaps.length / gaps.reduce((sum, gap) => sum + gap, 0)) * 1_000);
}
