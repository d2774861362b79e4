/** Bad surroundings: what cannot start says why and what to do; a model that fails is told in the turn, and the files stay whole. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePorts } from "../fixtures/free-ports.ts";
import { heroAnswer, pageAnswer } from "../fixtures/pages.ts";
import { type ChatServer, type Step, startChatServer } from "../fixtures/providers/chat-server.ts";
import {
  type App,
  closeBrowser,
  createProject,
  newPage,
  openBrowser,
  preview,
  send,
  startApp,
  variant,
  waitUntilWritten,
} from "./harness.ts";

const root = join(import.meta.dirname, "..", "..");

describe("what cannot start", () => {
  test("a port in use is named, with the setting that changes it", async () => {
    const [port = 0] = await freePorts(1);
    const other = createServer().listen(port, "127.0.0.1");
    try {
      await expect(startApp({ PORT: String(port) })).rejects.toThrow(
        `Port ${port} is in use already: perhaps Triptych runs in another window. Stop that program, or set PORT`,
      );
      await expect(startApp({ PREVIEW_PORTS: `${port},${port + 1},${port + 2}` })).rejects.toThrow(
        `Port ${port} is in use already: perhaps Triptych runs in another window. Stop that program, or set PREVIEW_PORTS`,
      );
    } finally {
      other.close();
    }
  });

  test("a data folder that cannot be written is named, with what to do", async () => {
    const folder = mkdtempSync(join(tmpdir(), "triptych-broken-"));
    try {
      writeFileSync(join(folder, "file"), "in the way");
      await expect(startApp({ TRIPTYCH_DATA: join(folder, "file") })).rejects.toThrow(
        /file.*TRIPTYCH_DATA|TRIPTYCH_DATA.*file/s,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("a second Triptych on the same data folder is told who holds it", async () => {
    const app = await startApp();
    try {
      await expect(startApp({ TRIPTYCH_DATA: app.dataFolder })).rejects.toThrow(/already|in use/);
      await expect(fetch(`${app.url}/api/health`).then((answer) => answer.status)).resolves.toBe(200);
    } finally {
      await app.dispose();
    }
  });

  test("a Node that is too old is told which one is needed, before anything is installed", () => {
    const old = `Object.defineProperty(process.versions, "node", { value: "18.20.4" })`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", `data:text/javascript,${encodeURIComponent(old)}`, join(root, "scripts", "start.mjs")],
      { encoding: "utf8" },
    );
    expect(status).toBe(1);
    expect(stderr).toContain("Triptych needs Node 20.19 or newer; this is Node 18.20.4.");
    expect(stderr).toContain("run the same command again");
  });
});

describe("a model that fails", () => {
  let provider: ChatServer;
  let app: App;
  let browser: Browser;
  let page: Page;
  let steps: Step[] = [];
  /** Answers before those. */
  let next: Step[][] = [];

  beforeAll(async () => {
    steps = [{ text: pageAnswer("It was whole") }];
    provider = await startChatServer({ script: () => next.shift() ?? steps });
    [app, browser] = await Promise.all([
      startApp({ TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`, TRIPTYCH_FAST_MODEL: "scripted" }),
      openBrowser(),
    ]);
    page = await newPage(browser);
    await createProject(page, app, "A page", 1);
    await preview(page, "A").getByText("It was whole").waitFor();
    await waitUntilWritten(page, ["A"]);
  });
  afterAll(async () => {
    await closeBrowser(browser);
    await app?.dispose();
    await provider?.close();
  });

  const cut = `${pageAnswer("Never to be seen").slice(0, 120)}`;
  test.each<[name: string, steps: Step[], words: RegExp]>([
    ["401", [{ status: 401, body: '{"error":{"message":"no key"}}' }], /refused the key/],
    [
      "429 with a time",
      [{ status: 429, headers: { "retry-after": "3600" }, body: '{"error":{"message":"slow down"}}' }],
      /limit is used up.*Try again in 3600 s/,
    ],
    ["garbage", [{ raw: "data: {no\n\n".repeat(30) }], /no answer of a model/],
    [
      "a login page instead of a model",
      [{ status: 200, headers: { "content-type": "text/html" }, body: "<html>login</html>" }],
      /no answer of a model/,
    ],
    ["cut in the middle", [{ text: cut }, { cut: true }], /lost in the middle/],
    ["an empty answer", [{ text: "" }], /answered nothing/],
  ])("%s is told in the turn, and the page stays as it was", async (_name, script, words) => {
    steps = script;
    await send(page, "Change it");
    await variant(page, "A").getByText(words).first().waitFor();
    await preview(page, "A").getByText("It was whole").waitFor();
    await waitUntilWritten(page, ["A"]);
    expect(await preview(page, "A").getByText("Never to be seen").count()).toBe(0);
    // What was refused from the start leads to where it is set; what was cut can be gone on with.
    const leads = await variant(page, "A").getByRole("button", { name: "Model settings" }).count();
    expect(leads).toBe(words.source.includes("lost in the middle") ? 0 : 1);
  });

  test("a server that is down is told, and the next prompt works when it is back", async () => {
    steps = [{ text: pageAnswer("It is back") }];
    const { port } = new URL(provider.url);
    await provider.close();
    await send(page, "Change it");
    await variant(page, "A")
      .getByText(/cannot be reached/)
      .first()
      .waitFor();
    provider = await startChatServer({ script: () => next.shift() ?? steps, port: Number(port) });
    await send(page, "And again");
    await preview(page, "A").getByText("It is back").waitFor();
  });

  test("what a cut answer was writing can be read, and gone on with; what did not fit is listed, and asked for again", async () => {
    const sheet = variant(page, "A");
    const said = (words: string) => preview(page, "A").getByText(words).waitFor();
    const lastAsked = () => JSON.stringify(provider.requests.at(-1)?.body);
    next = [[{ text: pageAnswer("Never to be seen").slice(0, 190) }, { cut: true }]];
    steps = [{ text: heroAnswer("It went on") }];
    await send(page, "Change it");
    await sheet.getByText("Unused draft /src/components/Hero.tsx").click();
    await sheet.getByText("Never to be seen").waitFor();
    await sheet.getByRole("button", { name: "Continue" }).click();
    await said("It went on");
    expect(lastAsked()).toContain("export default function Hero");
    await waitUntilWritten(page, ["A"]);

    const change = (old: string, text: string) =>
      `/src/components/Hero.tsx\n\`\`\`tsx\n<<<<<<< SEARCH\n${old}\n=======\n${text}\n>>>>>>> REPLACE\n\`\`\`\n\n`;
    const misses = change("      <p>Nowhere at all</p>", "      <p>Lost</p>");
    const fits = change("      <p>First paragraph of the page.</p>", "      <p>It fits.</p>");
    next = [[{ text: fits + misses }], [{ text: misses }]];
    steps = [{ text: heroAnswer("All is in") }];
    await send(page, "Change two places");
    await said("It fits.");
    await sheet.getByText("1 of 2 edits did not fit; the others are in.").waitFor();
    await sheet.getByText(/the searched lines stand nowhere in the file/).waitFor();
    await sheet.getByRole("button", { name: "Ask again" }).click();
    await said("All is in");
    expect(lastAsked()).toContain("Some edits of the last answer did not fit in /src/components/Hero.tsx.");
    await waitUntilWritten(page, ["A"]);
    expect(await sheet.getByText(/did not fit/).count()).toBe(0);
  });
});
