/**
 * From a key to the painted result, in a real page with three variants: the palette, its filter, the prompt, the sheet, a variant
 * large; idle, and while three variants stream 1,000 tok/s each. The hands of a whole session are in bench/studio.ts.
 */
import type { Page } from "playwright-core";
import { quantile, type Row, round } from "./figures.ts";
import { measureHere } from "./studio/in-page.ts";
import { openWritingStudio, TOKENS_PER_SECOND } from "./studio/writing.ts";

const TIMES = 30;

export async function bench(): Promise<{ name: string; rows: Row[] }> {
  const studio = await openWritingStudio();
  try {
    await studio.page.evaluate(measureHere);
    const rows = await measure(studio.page, "idle");
    await studio.write();
    rows.push(...(await measure(studio.page, `3 × ${TOKENS_PER_SECOND} tok/s`)));
    const isStill = await studio.page.locator('article[data-state="writing"]').count();
    rows.push({ what: "variants that still wrote at the end", figure: isStill, unit: "of 3" });
    return { name: "keys", rows };
  } finally {
    await studio.close();
  }
}

async function measure(page: Page, when: string): Promise<Row[]> {
  const times = {
    "palette open": [] as number[],
    "palette filter, one key": [] as number[],
    "sheet of keys open": [] as number[],
    "a variant large": [] as number[],
    "focus the prompt": [] as number[],
  };
  const press = async (key: string, selector: string) => {
    const painted = page.evaluate((wanted) => globalThis.measured.painted(wanted), selector);
    await page.keyboard.press(key);
    return painted;
  };
  const leave = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (let time = 0; time < TIMES; time++) {
    await leave();
    times["palette open"].push(await press("Control+k", "[role=dialog] [cmdk-input]"));
    times["palette filter, one key"].push(await press("s", '[cmdk-input][value="s"]'));
    await page.keyboard.press("Escape");
    await leave();
    times["sheet of keys open"].push(await press("?", "[role=dialog]"));
    await page.keyboard.press("Escape");
    await leave();
    times["a variant large"].push(await press(String(1 + (time % 3)), 'main[data-view="focus"]'));
    await page.keyboard.press("0");
    times["focus the prompt"].push(await press("/", "#prompt:focus"));
  }
  return Object.entries(times).flatMap(([what, all]) =>
    [50, 95].map((share) => ({
      what: `${what}, ${when}, p${share}`,
      figure: round(quantile(all, share / 100)),
      unit: "ms",
    })),
  );
}
