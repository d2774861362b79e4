/**
 * Screens as they were: `expectScreen(page, name)` compares with tests/visual/references/<name>.png. `npm run screens` draws them anew
 * (and the README's picture). What is another each time is masked: pages in frames, times, who is here.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { compareScreens } from "./compare.ts";

const folder = join(import.meta.dirname, "references");
const MASKED = [
  "iframe",
  ".sheet-thumb",
  "[data-pending]",
  '[aria-label="People"]',
  "main li .tnum",
  ".head-line .tnum",
  "[data-sonner-toaster]",
];

export const isWriting = process.env.TRIPTYCH_SCREENS === "write";

export async function expectScreen(page: Page, name: string): Promise<void> {
  const shot = await shotOf(page);
  const file = join(folder, `${name}.png`);
  if (isWriting) {
    mkdirSync(folder, { recursive: true });
    return writeFileSync(file, shot);
  }
  expect(existsSync(file), `There is no ${name}.png to compare with: run npm run screens`).toBe(true);
  const { isSame, words } = compareScreens(readFileSync(file), shot);
  const seen = join(tmpdir(), `triptych-${name}.png`);
  if (!isSame) writeFileSync(seen, shot);
  expect(isSame, `${name}: ${words}. What was seen: ${seen}. If it is meant so: npm run screens`).toBe(true);
}

export async function shotOf(page: Page): Promise<Buffer> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  return page.screenshot({
    animations: "disabled",
    caret: "hide",
    mask: MASKED.map((selector) => page.locator(selector)),
    maskColor: "#8a857c",
  });
}
