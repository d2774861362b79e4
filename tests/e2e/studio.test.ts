/** The table's own furniture: heads that hold in little room, the edge of the code, and what a slow line shows before it is answered. */
import type { Browser, Page, WebSocketRoute } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type App,
  closeBrowser,
  newPage,
  openBrowser,
  preview,
  send,
  startApp,
  variant,
  waitForState,
} from "./harness.ts";

let app: App;
let browser: Browser;
let page: Page & { errors: string[] };
/** Commands that do not reach the server before they are let go or refused. */
const held = new Set<string>();
const waiting: { id: string; message: string | Buffer }[] = [];
/** Names of the commands that the server got. */
const asked: string[] = [];
let toServer: WebSocketRoute;
let toPage: WebSocketRoute;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ TRIPTYCH_DESIGNER_RATE: "60" }), openBrowser()]);
  page = await newPage(browser);
  await page.routeWebSocket(/\/rt\//, (socket) => {
    toPage = socket;
    toServer = socket.connectToServer();
    socket.onMessage((message) => {
      const [, id, name] = /^42(\d+)\["([\w-]+)"/.exec(String(message)) ?? [];
      if (id && name && held.has(name)) waiting.push({ id, message });
      else {
        if (name) asked.push(name);
        toServer.send(message);
      }
    });
  });
  // A template makes three pages at once.
  const made = await page.request.post(`${app.url}/api/projects`, {
    headers: { origin: app.url },
    data: { template: "event", count: 3 },
  });
  const { projectId } = (await made.json()) as { projectId: string };
  await page.goto(`${app.url}/p/${projectId}`, { waitUntil: "domcontentloaded" });
  await variant(page, "C").getByRole("button", { name: "More for C" }).waitFor();
});
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
});

/** Waits for the held command, and lets it go; or answers in the server's place. */
async function answer(code?: string): Promise<void> {
  await expect.poll(() => waiting.length).toBeGreaterThan(0);
  held.clear();
  for (const { id, message } of waiting.splice(0))
    if (code) toPage.send(`43${id}[{"ok":false,"code":"${code}"}]`);
    else toServer.send(message);
}

const keep = (letter: string) => variant(page, letter).locator('[data-tool="keep"]');
const turns = () => page.getByRole("navigation", { name: "Turns" }).filter({ visible: true });

test("beside the code names stay whole: what has no room in a head is in its menu, and the edge of the code can be moved", async () => {
  await variant(page, "B").getByRole("button", { name: "Code" }).click();
  await page.getByRole("textbox", { name: "Code" }).waitFor();
  for (const letter of ["A", "B", "C"]) {
    const isWhole = (box: HTMLElement | SVGElement) => box.scrollWidth <= box.clientWidth;
    const name = page.getByRole("textbox", { name: `Name of variant ${letter}` });
    expect(await name.evaluate(isWhole), letter).toBe(true);
  }
  expect(await keep("A").isVisible()).toBe(false);
  await page.getByRole("button", { name: "More for A" }).click();
  await page.getByRole("menuitem", { name: "Fork three" }).waitFor();
  await page.getByRole("menuitem", { name: "Keep" }).press("Enter");
  await expect.poll(() => variant(page, "A").getAttribute("aria-describedby")).toMatch(/^kept-/);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  await expect.poll(focused).toBe("More for A");

  const edge = page.getByRole("separator", { name: "Width of the code of variant B" });
  const width = () =>
    page
      .getByRole("complementary")
      .boundingBox()
      .then((box) => Math.round(box?.width ?? 0));
  const before = await width();
  await edge.press("ArrowRight");
  expect(await width()).toBe(before - 24);
  const box = await edge.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 6, 400);
  await page.mouse.down();
  await page.mouse.move((box?.x ?? 0) + 206, 400, { steps: 4 });
  await page.mouse.up();
  // The edge may stand between two pixels.
  const isNear = (px: number) => Math.abs(px - (before - 224)) <= 2;
  await expect.poll(async () => isNear(await width())).toBe(true);
  await expect.poll(async () => isNear(Number(await edge.getAttribute("aria-valuenow")))).toBe(true);
  await page.getByRole("button", { name: "Close code" }).click();

  // The keys that some browsers keep have buttons.
  await page.getByRole("button", { name: "Turns beside the pages" }).click();
  expect(await turns().count()).toBe(0);
  await page.getByRole("button", { name: "Turns beside the pages" }).click();
  await turns().waitFor();
  await page.getByRole("button", { name: "Hide everything but the pages" }).click();
  expect(await page.getByRole("banner").isVisible()).toBe(false);
  await page.getByRole("button", { name: "Show controls" }).click();
  await page.getByRole("banner").waitFor();

  // A page is run anew from its menu.
  const root = preview(page, "A").locator("html");
  await root.evaluate((html) => html.setAttribute("data-before", ""));
  await page.getByRole("button", { name: "More for A" }).click();
  await page.getByRole("menuitem", { name: "Restart the page" }).press("Enter");
  await preview(page, "A").locator("html:not([data-before]) #root > *").first().waitFor();
});

test("on a slow line what is asked shows at once, says that it is not saved, and goes back when it is refused", async () => {
  held.add("keep");
  await keep("C").click();
  expect(await keep("C").getAttribute("aria-pressed")).toBe("true");
  await variant(page, "C").getByText("not saved").waitFor();
  await answer("not-joined");
  await expect.poll(() => keep("C").getAttribute("aria-pressed")).toBe("false");
  await page
    .getByRole("region", { name: /^Notes/ })
    .getByRole("listitem")
    .waitFor();
  expect(await variant(page, "C").getByText("not saved").count()).toBe(0);
});

test("a prompt on its way is among the turns, and ⌘Z takes it back; Stop hides what is being written at once", async () => {
  const box = page.getByRole("textbox", { name: "Prompt" });
  held.add("prompt");
  await send(page, "Add a pricing section, a gallery and a FAQ");
  await turns().getByText("sending").waitFor();
  expect(await box.inputValue()).toBe("Add a pricing section, a gallery and a FAQ");
  await box.press("Control+z");
  await page.getByText("Taken back. The words are still here.").waitFor();
  expect(await turns().getByText("sending").count()).toBe(0);
  await answer();
  // The server took it all the same: it is stopped there, in each variant.
  await expect.poll(() => asked.filter((name) => name === "stop").length).toBe(3);
  for (const letter of ["A", "B", "C"]) await waitForState(page, letter, "idle");
  expect(await box.inputValue()).toBe("Add a pricing section, a gallery and a FAQ");

  await send(page, "Add a team, testimonials and a newsletter");
  await waitForState(page, "A", "writing");
  const peek = variant(page, "A").locator("[data-peek]");
  await peek.waitFor();
  await expect.poll(() => box.inputValue()).toBe("");
  held.add("stop");
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await peek.waitFor({ state: "detached" });
  expect(await variant(page, "A").getAttribute("data-state")).toBe("writing");
  await answer();
  await waitForState(page, "A", "idle");
  expect(page.errors).toEqual([]);
});
