/**
 * The studio under a person's hands, in one real Chromium, idle and while three variants stream 1,000 tok/s each (issue 6, design §7,
 * interactions.md §2 and §3): from a key or press to the painted frame that shows what it does, INP over 60 real interactions, tasks of
 * the host's main thread, frames a second of each drag, a text edited in place until everybody sees it. `performance.now()` of the host
 * page; the previews run beside it in their own processes. The model is a scripted server of the real protocol.
 */
import type { Frame, Locator, Page } from "playwright-core";
import { newPage, placeInPage, preview, variant } from "../tests/e2e/harness.ts";
import { quantile, type Row, round } from "./figures.ts";
import { measureHere } from "./studio/in-page.ts";
import { openWritingStudio, TOKENS_PER_SECOND } from "./studio/writing.ts";

const ROUNDS = 15;
const FORKS = 5;
const INTERACTIONS = 60;
const DRAG_STEPS = 120;
const TEXT_KEYS = 20;

export async function bench(): Promise<{ name: string; rows: Row[] }> {
  const studio = await openWritingStudio();
  const { page, browser } = studio;
  try {
    await page.evaluate(measureHere);
    const rows: Row[] = [];
    const loads = countLoads(page);
    rows.push(...spread("focus a variant, idle: key → painted", await focusTimes(page)));
    rows.push({ what: "previews loaded again by changing the view", figure: loads(), unit: "" });
    const viewer = await newPage(browser);
    await viewer.addInitScript("globalThis.__name = (each) => each");
    await viewer.goto(page.url());
    await part(rows, async () =>
      spread("text in place: key → another person's page", await textTimes(page, viewer)),
    );
    await viewer.context().close();
    for (const [name, drag] of Object.entries(drags))
      await part(rows, async () => rates(name, await drag(page)));

    const when = `3 × ${TOKENS_PER_SECOND} tok/s`;
    await studio.write();
    await page.evaluate(() => {
      globalThis.measured.tasks.length = 0;
      globalThis.measured.interactions = {};
    });
    const stillAfter = async (what: string) => {
      const figure = await page.locator('article[data-state="writing"]').count();
      rows.push({ what: `variants that still wrote after ${what}`, figure, unit: "of 3" });
    };
    const count = await interact(page);
    rows.push(...handsRows(await taken(page), count, when));
    await stillAfter("the interactions");
    rows.push(...spread(`focus a variant, ${when}: key → painted`, await focusTimes(page)));
    await stillAfter("the changes of focus");
    for (const [name, drag] of Object.entries(drags))
      await part(rows, async () => rates(`${name}, ${when}`, await drag(page)));
    await stillAfter("the drags");
    // The last: it leaves other sets on the table.
    await part(rows, async () => {
      await studio.stop();
      await studio.openAnother();
      await page.evaluate(measureHere);
      return spread("fork three: press → new set painted", await forkTimes(page));
    });
    return { name: "studio", rows };
  } finally {
    await studio.close();
  }
}

/** What cannot be measured is said, and has no figure; the rest is measured all the same. */
async function part(rows: Row[], measure: () => Promise<Row[]>): Promise<void> {
  try {
    rows.push(...(await measure()));
  } catch (error) {
    console.error("not measured:", error);
  }
}

/** Documents that a preview loads from now on. */
function countLoads(page: Page): () => number {
  let loads = 0;
  page.on("framenavigated", (frame: Frame) => {
    if (frame !== page.mainFrame()) loads++;
  });
  return () => loads;
}

const press = async (page: Page, key: string, holds: string) => {
  const painted = page.evaluate((wanted) => globalThis.measured.painted(wanted), holds);
  await page.keyboard.press(key);
  return painted;
};
const leaveText = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());

async function focusTimes(page: Page): Promise<number[]> {
  const times: number[] = [];
  await leaveText(page);
  for (let round = 0; round < ROUNDS; round++) {
    const at = round % 3;
    const letter = "ABC"[at];
    times.push(
      await press(page, String(at + 1), `article[aria-label="Variant ${letter}"][data-place="large"]`),
    );
  }
  await page.keyboard.press("0");
  return times;
}

/** The set that comes is on the table, and its frame was painted. */
async function forkTimes(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < FORKS; round++) {
    const set = `[aria-label=Sets] > [aria-pressed=true]:nth-child(${round + 2})`;
    const painted = page.evaluate((wanted) => globalThis.measured.painted(wanted), set);
    // What stops the press is the error, not that its picture never came.
    painted.catch(() => {});
    await variant(page, "A").getByRole("button", { name: "Fork three" }).click({ timeout: 10_000 });
    times.push(await painted);
    await page.locator("[data-pending='0']").waitFor({ state: "attached" });
  }
  return times;
}

/** As a hand does it: over the border of the frame, and again when a click came too late to be believed (lib/preview/focus-guard.ts). */
async function openText(page: Page, text: Locator): Promise<void> {
  for (let tried = 0; tried < 10; tried++) {
    await page.getByRole("textbox", { name: "Prompt" }).focus();
    await page.getByRole("textbox", { name: "Prompt" }).hover();
    const { x, y } = await placeInPage(page, "A", text);
    await page.mouse.move(x, y, { steps: 5 });
    await page.mouse.dblclick(x, y);
    await new Promise((resolve) => setTimeout(resolve, 300));
    if ((await text.getAttribute("contenteditable")) !== null) return;
  }
  throw new Error("the text was not opened by ten double clicks");
}

/** Both pages are on this machine, so that both clocks are one. */
async function textTimes(page: Page, viewer: Page): Promise<number[]> {
  const heading = preview(page, "A").getByRole("heading", { level: 1 });
  const theirs = preview(viewer, "A").getByRole("heading", { level: 1 });
  await theirs.waitFor();
  await page.bringToFront();
  await openText(page, heading);
  const pressed: number[] = [];
  await theirs.evaluate((element) => {
    const seen: number[] = [];
    Object.assign(globalThis, { seen });
    const root = element.ownerDocument.body;
    new MutationObserver(() => {
      const typed = root.querySelector("h1")?.textContent?.match(/#/g)?.length ?? 0;
      while (seen.length < typed) seen.push(performance.timeOrigin + performance.now());
    }).observe(root, { childList: true, subtree: true, characterData: true });
  });
  for (let key = 0; key < TEXT_KEYS; key++) {
    // From before the browser is told of the key: the clock of this process is the pages' own.
    pressed.push(performance.timeOrigin + performance.now());
    await page.keyboard.type("#");
    await new Promise((resolve) => setTimeout(resolve, 120));
  }
  const seen = await theirs.evaluate(() => (globalThis as unknown as { seen: number[] }).seen);
  await page.keyboard.press("Escape");
  await page.getByRole("textbox", { name: "Prompt" }).click();
  if (seen.length < TEXT_KEYS) throw new Error(`${seen.length} of ${TEXT_KEYS} letters were seen`);
  return seen.slice(0, TEXT_KEYS).map((at, index) => at - (pressed[index] ?? Number.NaN));
}

/** What a person does while pages write themselves, one after another until there are enough. Returns how many there were. */
async function interact(page: Page): Promise<number> {
  const { keyboard } = page;
  const box = page.getByRole("textbox", { name: "Prompt" });
  const click = (name: string, role: "button" | "radio" = "button") =>
    page.getByRole(role, { name, exact: true }).first().click();
  const key = (name: string) => () => keyboard.press(name);
  // Esc with nothing open would stop what is being written.
  const opens = async (open: Promise<unknown>) => {
    await open;
    await page.getByRole("dialog").waitFor();
  };
  const steps: (() => Promise<unknown>)[] = [
    () => box.click(),
    ...[..."more air"].map((letter) => key(letter === " " ? "Space" : letter)),
    ...Array.from({ length: 8 }, () => key("Backspace")),
    () => click("B"),
    () => click("All three"),
    () => click("Focus", "radio"),
    () => click("Compare", "radio"),
    () => click("Three", "radio"),
    () => opens(keyboard.press("Control+k")),
    ...[..."code"].map((letter) => key(letter)),
    key("Escape"),
    () => click("Code"),
    () => click("Close code"),
    () => opens(page.getByRole("button", { name: /^Timings of variant A/ }).click()),
    key("Escape"),
  ];
  let done = 0;
  while (done < INTERACTIONS) {
    await steps[done % steps.length]?.();
    done++;
  }
  await leaveText(page);
  return done;
}

type Taken = { tasks: { ms: number; of: string }[]; delays: { ms: number; name: string }[] };

async function taken(page: Page): Promise<Taken> {
  return page.evaluate(() => ({
    tasks: globalThis.measured.tasks,
    delays: Object.values(globalThis.measured.interactions),
  }));
}

/** Interactions that the browser does not tell of took less than 16 ms. */
function handsRows({ tasks, delays }: Taken, count: number, when: string): Row[] {
  const quick = Array.from({ length: Math.max(0, count - delays.length) }, () => 16);
  const all = [...delays.map(({ ms }) => ms), ...quick];
  const slowest = delays.sort((one, other) => other.ms - one.ms).slice(0, 6);
  console.error("the slowest:", slowest.map(({ ms, name }) => `${name} ${ms} ms`).join(", "));
  const own = tasks.filter(({ of }) => of === "self");
  return [
    { what: `interactions, ${when}`, figure: count, unit: "" },
    { what: `INP, ${when}, p50`, figure: round(quantile(all, 0.5)), unit: "ms" },
    { what: `INP, ${when}, p98`, figure: round(quantile(all, 0.98)), unit: "ms" },
    { what: `host tasks over 50 ms, ${when}`, figure: own.length, unit: "" },
    { what: `the longest of them, ${when}`, figure: Math.max(0, ...own.map(({ ms }) => ms)), unit: "ms" },
    { what: `tasks over 50 ms of its frames, ${when}`, figure: tasks.length - own.length, unit: "" },
  ];
}

/** Real pointer moves, as fast as the browser takes them; the page counts its own frames. */
const drags: Record<string, (page: Page) => Promise<number[]>> = {
  async "compare's edge"(page) {
    await leaveText(page);
    await page.keyboard.press("\\");
    const frames = await dragged(page, page.getByRole("slider", { name: "Edge between the two" }));
    await page.keyboard.press("0");
    return frames;
  },
  async "the code's edge"(page) {
    await variant(page, "B").getByRole("button", { name: "Code" }).click();
    await page.getByRole("textbox", { name: "Code" }).waitFor();
    const frames = await dragged(page, page.getByRole("separator", { name: /^Width of the code/ }));
    await page.getByRole("button", { name: "Close code" }).click();
    return frames;
  },
  async "the width of a page"(page) {
    await leaveText(page);
    await page.keyboard.press("1");
    const frames = await dragged(page, page.getByRole("separator", { name: "Width of the page" }));
    await page.keyboard.press("0");
    return frames;
  },
};

async function dragged(page: Page, what: ReturnType<Page["locator"]>): Promise<number[]> {
  const box = await what.boundingBox();
  if (!box) throw new Error("there is no edge to drag");
  const [x, y] = [box.x + box.width / 2, box.y + Math.min(200, box.height / 2)];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(() => {
    globalThis.measured.frames.length = 0;
  });
  for (let step = 0; step < DRAG_STEPS; step++) await page.mouse.move(x - 150 * Math.sin(step / 15), y);
  const frames = await page.evaluate(() => globalThis.measured.frames.slice());
  await page.mouse.up();
  return frames.slice(1).map((at, index) => at - (frames[index] ?? at));
}

function spread(what: string, times: readonly number[]): Row[] {
  return [50, 95].map((share) => ({
    what: `${what}, p${share}`,
    figure: round(quantile(times, share / 100)),
    unit: "ms",
  }));
}

function rates(what: string, gaps: readonly number[]): Row[] {
  const sum = gaps.reduce((all, gap) => all + gap, 0);
  return [
    {
      what: `drag of ${what}: frames a second`,
      figure: Math.round((gaps.length / sum) * 1_000),
      unit: "fps",
    },
    { what: `drag of ${what}: between two frames, p95`, figure: round(quantile(gaps, 0.95)), unit: "ms" },
  ];
}
