/**
 * The real thing for browser tests: the built server as a child process on free ports with its own data folder, and one
 * real Chromium. The only mocked part anywhere is the language model (a scripted server, or the built-in designer).
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type Browser,
  type BrowserContext,
  chromium,
  type FrameLocator,
  type Locator,
  type Page,
} from "playwright-core";
import { freePorts } from "../fixtures/free-ports.ts";

const root = join(import.meta.dirname, "..", "..");

/**
 * The suggestions of the address bar are two pages of Chromium's own, of 400 modules: each window loads them, for most of a second. The
 * others are those that Playwright switches off; the last list counts alone.
 */
const WITHOUT = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
];
const BROWSER_FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // As Chromium does by itself; its headless shell (`CHROMIUM=…`) would put all frames into one process.
  "--site-per-process",
  `--disable-features=${WITHOUT.join(",")}`,
];

export type App = {
  url: string;
  port: number;
  dataFolder: string;
  /** All that the server printed so far. */
  output(): string;
  /** Ends the server with a signal and waits for its end. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
  /** Starts it again on the same ports and data. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  dispose(): Promise<void>;
};

/** `hostname` is the name in its address; the browser must find it (`openBrowser`), the server answer to it (HOST_NAMES). */
export async function startApp(env: Record<string, string> = {}, hostname = "127.0.0.1"): Promise<App> {
  const [port = 0, ...previewPorts] = await freePorts(4);
  const dataFolder = mkdtempSync(join(tmpdir(), "triptych-e2e-"));
  let child: ChildProcess | null = null;
  let printed = "";

  const start = async () => {
    const server = spawn(process.execPath, [join(root, "dist", "server.js")], {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: "production",
        PORT: String(port),
        PREVIEW_PORTS: previewPorts.join(","),
        TRIPTYCH_DATA: dataFolder,
        // Tests of broken pages look at them broken; who tests the mending switches it on.
        TRIPTYCH_AUTO_FIX: "off",
        ...env,
      },
    });
    child = server;
    server.stdout.on("data", (data: Buffer) => {
      printed += data.toString();
    });
    server.stderr.on("data", (data: Buffer) => {
      printed += data.toString();
    });
    const from = printed.length;
    await until(
      () => printed.slice(from).includes("running at") || server.exitCode !== null,
      60_000,
      "the server starts",
    );
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}:\n${printed}`);
  };
  const kill = async (signal: NodeJS.Signals) => {
    const server = child;
    if (!server || server.exitCode !== null || server.signalCode !== null) return null;
    const ended = new Promise<number | null>((resolve) => server.once("exit", resolve));
    server.kill(signal);
    return ended;
  };
  await start();
  return {
    url: `http://${hostname}:${port}`,
    port,
    dataFolder,
    output: () => printed,
    kill,
    start,
    dispose: async () => {
      await kill("SIGKILL");
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Chromium without flags of a file's own; files that run one after another in one process share it. */
let shared: Promise<Browser> | null = null;

/** A Chromium; `closeBrowser` ends what a file did with it. One with flags is the caller's alone. */
export function openBrowser(flags: string[] = []): Promise<Browser> {
  if (flags.length > 0) return launch(flags);
  const forget = () => {
    shared = null;
  };
  shared ??= launch([]).then((browser) => browser.once("disconnected", forget));
  shared.catch(forget);
  return shared;
}

function launch(flags: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [...BROWSER_FLAGS, ...flags],
  });
}

/** Ends a browser of the caller's own; of the shared one all pages. It ends with the process, or when a page of it does not close. */
export async function closeBrowser(browser: Browser | undefined): Promise<void> {
  if (!browser) return;
  if (browser !== (await shared)) return browser.close();
  const closed = Promise.all(browser.contexts().map((context) => context.close()));
  const isClosed = await Promise.race([closed, sleep(10_000, "late", { ref: false })]);
  if (isClosed === "late") await browser.close();
}

/** Contexts of the running test: three previews that nobody looks at any more would slow all tests after it. */
let opened: BrowserContext[] = [];

/** What was opened before a test (in `beforeAll`) stays until its browser closes. */
export function keepPages(): void {
  opened = [];
}

export async function closePages(): Promise<void> {
  await Promise.all(opened.splice(0).map((context) => context.close()));
}

/** A page of its own context (no shared cookies or storage), with page errors collected; it closes with its test. */
export async function newPage(
  browser: Browser,
  width = 1440,
  height = 900,
): Promise<Page & { errors: string[] }> {
  const context = await browser.newContext({ viewport: { width, height } });
  opened.push(context);
  const page = (await context.newPage()) as Page & { errors: string[] };
  page.setDefaultTimeout(45_000);
  page.errors = [];
  // A context whose frame died does not close; its browser does.
  page.once("crash", () => {
    opened = opened.filter((each) => each !== context);
  });
  page.on("pageerror", (error) => page.errors.push(String(error)));
  return page;
}

/** Types the first prompt on the start page and waits for the studio. */
export async function createByHand(page: Page, app: Pick<App, "url">, prompt: string): Promise<void> {
  await page.goto(app.url);
  await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
  await page.getByRole("button", { name: "Create" }).click();
  await page.waitForURL(/\/p\//);
}

/**
 * A project as the start page makes it, and its studio. Without that page, whose templates run: they would take two seconds of both
 * cores in every test. One variant costs a third of three.
 */
export async function createProject(
  page: Page,
  app: Pick<App, "url">,
  prompt: string,
  variants: 1 | 3 = 3,
): Promise<void> {
  // Names that only the browser knows lead to this machine.
  const { port } = new URL(app.url);
  const origin = `http://127.0.0.1:${port}`;
  const response = await page.request.post(`${origin}/api/projects`, {
    headers: { origin },
    data: { text: prompt, count: variants },
  });
  const { projectId } = (await response.json()) as { projectId: string };
  await page.goto(`${app.url}/p/${projectId}`, { waitUntil: "domcontentloaded" });
}

/** A page of its own with a project of one variant. */
export async function openOne(
  browser: Browser,
  app: Pick<App, "url">,
  prompt: string,
): Promise<Page & { errors: string[] }> {
  const page = await newPage(browser);
  await createProject(page, app, prompt, 1);
  return page;
}

export function variant(page: Page, letter: string): Locator {
  return page.getByRole("article", { name: `Variant ${letter}`, exact: true });
}

/** The page being previewed: the innermost frame of a variant. */
export function preview(page: Page, letter: string): FrameLocator {
  return page
    .frameLocator(`iframe[title="Preview of variant ${letter}"]`)
    .frameLocator("iframe:not([hidden])");
}

/** On the screen, at the beginning of an element of a page: what drives the browser does not know that its frame is scaled. */
export async function placeInPage(
  page: Page,
  letter: string,
  element: Locator,
): Promise<{ x: number; y: number }> {
  const sheet = await page.locator(`iframe[title="Preview of variant ${letter}"]`).boundingBox();
  if (!sheet) throw new Error(`the page of variant ${letter} is not to be seen`);
  const inside = await element.evaluate((found) => {
    const { x, y, height } = found.getBoundingClientRect();
    return { x: x + 20, y: y + height / 2, width: innerWidth };
  });
  const scale = sheet.width / inside.width;
  return { x: sheet.x + inside.x * scale, y: sheet.y + inside.y * scale };
}

/** Presses something of a previewed page from inside: the app takes back a focus that no hand brought there (focus-guard.ts). */
export function pressInside(what: Locator): Promise<void> {
  return what.evaluate((element) => (element as HTMLElement).click());
}

/** By its name as it is written: a question by role walks the whole page, fifty times a second, while what is tested writes. */
export async function stateOf(page: Page, letter: string): Promise<string | null> {
  return page.locator(`article[aria-label="Variant ${letter}"]`).getAttribute("data-state");
}

/** Waits until a variant has the state; the states are those of design §6. */
export async function waitForState(
  page: Page,
  letter: string,
  state: string,
  timeoutMs = 45_000,
): Promise<void> {
  await until(
    async () => (await stateOf(page, letter)) === state,
    timeoutMs,
    `variant ${letter} is ${state}`,
  );
}

/**
 * Notes every state of a variant from now on; the answer waits until one was there. A hung pane is back sooner than a busy
 * machine asks for its state a second time.
 */
export async function noteStates(page: Page, letter: string): Promise<(state: string) => Promise<void>> {
  const article = await variant(page, letter).elementHandle();
  if (!article) throw new Error(`there is no variant ${letter}`);
  const states = await article.evaluateHandle((element) => {
    const seen: (string | null)[] = [];
    new MutationObserver(() => seen.push(element.getAttribute("data-state"))).observe(element, {
      attributes: true,
      attributeFilter: ["data-state"],
    });
    return seen;
  });
  return (state) =>
    until(
      () => states.evaluate((seen, wanted) => seen.includes(wanted), state),
      45_000,
      `variant ${letter} has been ${state}`,
    );
}

/** Waits until the variants have been writing and are done. */
export async function waitUntilWritten(
  page: Page,
  letters = ["A", "B", "C"],
  timeout = 45_000,
): Promise<void> {
  for (const letter of letters) await waitForState(page, letter, "idle", timeout);
}

/** Waits until the first turns have ended, however fast they were: their figures stand in the heads, and nothing writes any more. */
export async function waitUntilCreated(page: Page, letters = ["A", "B", "C"]): Promise<void> {
  for (const letter of letters)
    await variant(page, letter)
      .getByText(/\d+ edits? · [\d.]+ /)
      .waitFor({ state: "attached", timeout: 45_000 });
  // Figures stand there while it writes, too.
  await waitUntilWritten(page, letters);
}

export async function send(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Prompt" }).fill(text);
  await page.getByRole("button", { name: "Send" }).click();
}

/** The text of a previewed page, white space folded. */
export async function textOf(page: Page, letter: string): Promise<string> {
  const text = await preview(page, letter).locator("#root").innerText();
  return text.replace(/\s+/g, " ").trim();
}

/** Asks again until it holds; says what it waited for when it never does. */
async function until(
  holds: () => boolean | Promise<boolean>,
  timeoutMs: number,
  what: string,
): Promise<void> {
  const endsAt = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > endsAt) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
