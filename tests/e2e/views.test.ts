/** Three, Focus and Compare over the same live frames; widths; order, delete and undo; the turns as a film. One project, one page. */
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { placeAt } from "../../lib/runtime/scroll-step.ts";
import { violationsOf } from "./axe.ts";
import {
  type App,
  closeBrowser,
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
  await closeBrowser(browser);
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
  // The list of commands was made before; it is that of now. What takes the focus behind it does not keep it.
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "All commands" });
  await palette.getByRole("option", { name: /Swap the sides/ }).waitFor();
  await page.getByRole("textbox", { name: "Prompt", includeHidden: true }).evaluate((box) => box.focus());
  expect(await palette.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
  await page.keyboard.type("swap");
  await page.keyboard.press("Enter");
  await palette.waitFor({ state: "detached" });
  expect(await places()).toBe("left right");
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

/** The sections of a page that nothing but a heading with an id lies in, and where the eye is, as the runtime reckons. */
async function sightOf(letter: string) {
  const seen = await preview(page, letter)
    .locator("html")
    .evaluate((html) => ({
      furthest: html.scrollHeight - innerHeight,
      pageHeight: html.scrollHeight,
      innerHeight,
      scrollY,
      sections: [...document.querySelectorAll<HTMLElement>("section[id]")]
        .filter((each) => !each.querySelector("[id]:not(h1, h2, h3)"))
        .map((each) => {
          const { top, height } = each.getBoundingClientRect();
          return { id: each.id, heading: "", top: top + scrollY, height };
        }),
    }));
  const perPixel = 1 + seen.innerHeight / seen.furthest;
  return { ...seen, perPixel, place: placeAt(seen.scrollY * perPixel, seen.sections, seen.pageHeight) };
}
const placeIn = async (letter: string) => (await sightOf(letter)).place;
const scrollTo = (letter: string, top: number) =>
  preview(page, letter)
    .locator("html")
    .evaluate((_html, to) => window.scrollTo(0, to), top);

test("pages scroll in step by the section they share, else by the share of their height; Y lets each go alone", async () => {
  const [a, b, c] = await Promise.all(LETTERS.map(sightOf));
  const shared = a?.sections.findLast(
    ({ id, top }) => top > 300 && [b, c].every((other) => other?.sections.some((each) => each.id === id)),
  );
  if (!a || !shared) throw new Error("the three pages share no section");
  await scrollTo("A", (shared.top + 0.4 * shared.height) / a.perPixel);
  for (const letter of LETTERS) {
    await expect.poll(async () => (await placeIn(letter)).id).toBe(shared.id);
    await expect.poll(async () => (await placeIn(letter)).share).toBeCloseTo(0.4, 1);
  }
  // B has no such section any more, and no heading that is called alike.
  const bare = preview(page, "B").locator("html");
  await bare.evaluate(() => {
    for (const each of document.querySelectorAll("[id]:not(#root)")) each.removeAttribute("id");
    for (const each of document.querySelectorAll("h1, h2, h3")) each.textContent = `${Math.random()}`;
  });
  const scrollA = (share: number) => scrollTo("A", share * a.furthest);
  await scrollA(0.3);
  const { page: share } = await placeIn("A");
  await expect.poll(async () => (await placeIn("B")).page).toBeCloseTo(share, 1);
  await page.getByRole("main").click({ position: { x: 2, y: 2 } });
  await page.keyboard.press("y");
  const before = await placeIn("C");
  await scrollA(0.9);
  await expect.poll(async () => (await placeIn("A")).page).toBeGreaterThan(share + 0.2);
  expect(await placeIn("C")).toEqual(before);
  await page.keyboard.press("y");
  await scrollA(0);
  await expect.poll(async () => (await placeIn("C")).page).toBeCloseTo(0, 1);
});

test("a reload finds the table as it was left, shows no other view on the way, and loads each frame once", async () => {
  await choose("Focus");
  await page.keyboard.press("2");
  await choose("768");
  await page.addInitScript(() => {
    const seen = new Set<string>();
    Object.assign(globalThis, { seen });
    const look = () => {
      const table = document.querySelector<HTMLElement>(".light-table");
      if (table?.checkVisibility({ visibilityProperty: true })) {
        const large = document.querySelector('[data-place="large"]');
        seen.add(`${table.dataset.view} ${large?.getAttribute("aria-label")}`);
      }
      requestAnimationFrame(look);
    };
    if (window === window.top) look();
  });
  const loaded: string[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "document") loaded.push(new URL(request.url()).pathname);
  });
  await page.reload();
  await expect.poll(() => layoutWidth("B")).toBe(768);
  await preview(page, "A").getByRole("heading", { level: 1 }).waitFor();
  expect((await boxOf(variant(page, "B"))).width).toBeGreaterThan(600);
  const seen = await page.evaluate(() => [...(globalThis as unknown as { seen: Set<string> }).seen]);
  expect(seen).toEqual(["focus Variant B"]);
  expect(loaded.filter((path) => path.startsWith("/p/"))).toHaveLength(1);
  const relays = loaded.filter((path) => path.includes("relay"));
  expect(relays).toHaveLength(LETTERS.length);
  await choose("1280");
});
