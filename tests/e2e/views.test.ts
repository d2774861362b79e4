/** Three, Focus and Compare over the same live frames; widths; order, delete and undo; the turns as a film. One project, one page. */
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { violationsOf } from "./axe.ts";
import {
  type App,
  createProject,
  keepPages,
  newPage,
  openBrowser,
  preview,
  send,
  startApp,
  textOf,
  variant,
  waitUntilCreated,
} from "./harness.ts";

const LETTERS = ["A", "B", "C"];

let app: App;
let browser: Browser;
let page: Page & { errors: string[] };

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ TRIPTYCH_DESIGNER_RATE: "5000" }), openBrowser()]);
  page = await newPage(browser);
  keepPages();
  await createProject(page, app, "A village bakery with prices and opening hours");
  await waitUntilCreated(page);
  for (const letter of LETTERS) await mark(letter);
});
afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});
beforeEach(() => choose("Three"));

/** A page that loads again has no mark any more. */
const mark = (letter: string) =>
  preview(page, letter)
    .locator("html")
    .evaluate((_html, text) => Object.assign(window, { mark: text }), letter);
const markOf = (letter: string) =>
  preview(page, letter)
    .locator("html")
    .evaluate(() => (window as unknown as { mark?: string }).mark);
const choose = (name: string) => page.getByRole("radio", { name, exact: true }).click();
const layoutWidth = (letter: string) =>
  preview(page, letter)
    .locator("html")
    .evaluate(() => innerWidth);
const boxOf = async (of: Locator) => {
  const box = await of.boundingBox();
  if (!box) throw new Error("it has no box");
  return box;
};
const drag = async (from: { x: number; y: number }, dx: number) => {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + dx, from.y + 5, { steps: 5 });
  await page.mouse.up();
};
const order = async () => {
  const boxes = await Promise.all(
    LETTERS.map(async (letter) => {
      const sheet = variant(page, letter);
      return [letter, (await sheet.count()) === 1 ? await sheet.boundingBox() : null] as const;
    }),
  );
  const there = boxes.flatMap(([letter, box]) => (box ? [{ letter, x: box.x }] : []));
  return there
    .sort((one, other) => one.x - other.x)
    .map(({ letter }) => letter)
    .join("");
};

test("twenty changes of the view load no preview again", async () => {
  for (let change = 0; change < 20; change++) await choose(["Focus", "Compare", "Three"][change % 3] ?? "");
  for (const letter of LETTERS) expect(await markOf(letter)).toBe(letter);
});

test("Focus shows one large and the others beside it; the switch is one Tab stop with arrow keys", async () => {
  await page.getByRole("radio", { name: "Three" }).press("ArrowRight");
  expect(await page.getByRole("radio", { name: "Focus" }).isChecked()).toBe(true);
  await page.keyboard.press("2");
  const [a, b] = [await boxOf(variant(page, "A")), await boxOf(variant(page, "B"))];
  expect(b.width).toBeGreaterThan(3 * a.width);
  expect(b.x).toBeGreaterThan(a.x);
  await page.getByRole("button", { name: "Show C large" }).click();
  expect((await boxOf(variant(page, "C"))).width).toBeGreaterThan(600);
  expect(await violationsOf(page)).toEqual([]);
});

test("the pages are laid out as wide as is chosen, by D, by keys and by dragging their edge", async () => {
  await choose("Focus");
  await page.keyboard.press("1");
  await choose("390");
  await expect.poll(() => layoutWidth("A")).toBe(390);
  await page.keyboard.press("d");
  await expect.poll(() => layoutWidth("A")).toBe(768);
  const edge = page.getByRole("separator", { name: "Width of the page" });
  await edge.press("ArrowRight");
  await expect.poll(() => layoutWidth("A")).toBe(778);
  const { x, y, width } = await boxOf(edge);
  await drag({ x: x + width / 2, y: y + 150 }, -100);
  // The page lies in the middle: it shrinks on both sides.
  await expect.poll(() => layoutWidth("A")).toBe(578);
  await choose("1280");
});

test("Compare lays two over each other; the edge moves by keys and pointer, X swaps", async () => {
  await page.keyboard.press("\\");
  const edge = page.getByRole("slider", { name: "Edge between the two" });
  const places = async () =>
    `${await variant(page, "A").getAttribute("data-place")} ${await variant(page, "B").getAttribute("data-place")}`;
  expect(await places()).toBe("left right");
  expect(await variant(page, "C").isVisible()).toBe(false);
  await edge.press("ArrowRight");
  expect(await edge.getAttribute("aria-valuenow")).toBe("52");
  const table = await boxOf(page.getByRole("main"));
  const { x, y, width } = await boxOf(edge);
  await drag({ x: x + width / 2, y: y + 150 }, -200);
  const share = 52 - (200 / (table.width - 24)) * 100;
  expect(Number(await edge.getAttribute("aria-valuenow"))).toBeCloseTo(share, -1);
  await page.keyboard.press("x");
  expect(await places()).toBe("right left");
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press("x");
  await choose("Side by side");
  const [a, b] = [await boxOf(variant(page, "A")), await boxOf(variant(page, "B"))];
  expect(b.x).toBeGreaterThanOrEqual(a.x + a.width);
  await choose("Swipe");
});

test("a file of one variant is taken into another as an edit, and back again", async () => {
  await choose("Compare");
  await choose("Code");
  const files = page.getByRole("list", { name: /different files/ });
  const hero = files.getByRole("button", { name: /Hero/ });
  await hero.click();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole("button", { name: "Take this file into B" }).click();
  await page.getByText("B has /src/components/Hero.tsx of A now.").waitFor();
  // What is the same in both is not listed.
  await hero.waitFor({ state: "detached" });
  await expect.poll(() => page.locator("[data-pending]").getAttribute("data-pending")).toBe("0");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await hero.waitFor();
  await choose("Swipe");
});

test("another order moves the sheets and loads nothing; letters stay", async () => {
  await page.getByRole("button", { name: "More for A" }).click();
  await page.getByRole("menuitem", { name: "Move right" }).click();
  await expect.poll(order).toBe("BAC");
  const badge = variant(page, "A").getByTitle("Drag to another place");
  const [from, to] = [await boxOf(badge), await boxOf(variant(page, "B"))];
  await drag({ x: from.x + 10, y: from.y + 10 }, to.x - from.x);
  await expect.poll(order).toBe("ABC");
  for (const letter of LETTERS) expect(await markOf(letter)).toBe(letter);
});

test("a deleted variant comes back by Undo, and from the list of turns, with the page it had", async () => {
  const before = await textOf(page, "B");
  for (const back of ["Undo", "Put B back"]) {
    await page.getByRole("button", { name: "More for B" }).click();
    await page.getByRole("menuitem", { name: "Delete B" }).click();
    await expect.poll(order).toBe("AC");
    await page.getByRole("button", { name: back, exact: true }).click();
    await expect.poll(order).toBe("ABC");
    await expect.poll(() => textOf(page, "B")).toBe(before);
  }
  for (const letter of ["A", "C"]) expect(await markOf(letter)).toBe(letter);
});

test("Space plays the turns from the start to now; the rail and all chrome can be put away", async () => {
  await send(page, "Make it warmer");
  const moments = page.getByRole("slider", { name: "Look back" });
  await expect.poll(() => moments.getAttribute("max")).toBe("3");
  await page.getByRole("main").click({ position: { x: 2, y: 2 } });
  await page.keyboard.press("Space");
  await preview(page, "A").getByText("A fresh sheet.").waitFor();
  await expect.poll(() => moments.getAttribute("aria-valuetext")).toMatch(/^Turn 1 of 2, A village bakery/);
  await expect.poll(() => moments.getAttribute("aria-valuetext")).toBe("Now");
  await page.keyboard.press("Control+b");
  expect(await page.getByRole("navigation", { name: "Turns" }).isVisible()).toBe(false);
  await page.keyboard.press("Control+b");
  await page.keyboard.press("Control+.");
  expect(await page.getByRole("banner").isVisible()).toBe(false);
  await page.getByRole("button", { name: "Show controls" }).click();
  expect(await page.getByRole("banner").isVisible()).toBe(true);
  expect(page.errors).toEqual([]);
});
