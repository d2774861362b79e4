/** "Allow network": off, nothing arrives; on, what was named and nothing else; and no page gets it by going there itself. */
import { createSocket, type Socket } from "node:dgram";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { Browser, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  type App,
  closeBrowser,
  createProject,
  newPage,
  noteStates,
  openBrowser,
  pressInside,
  preview,
  startApp,
  variant,
  waitForState,
  waitUntilCreated,
} from "../e2e/harness.ts";
import { selfSigned } from "../fixtures/certificate.ts";
import { type ChatServer, startChatServer } from "../fixtures/providers/chat-server.ts";
import { channelsTo } from "./channels.ts";

const ALLOWED = "allowed.example.test";
const OTHER = "other.example.test";
const LETTERS = ["A", "B", "C"];
const CODE = `export default function App() {
  return <h1>Secret plan</h1>;
}
`;

let provider: ChatServer;
let app: App;
let browser: Browser;
let recorder: Server;
let udp: Socket;
/** Host and path of what arrived. */
let reached = new Set<string>();

beforeAll(async () => {
  udp = createSocket("udp4");
  udp.on("message", () => reached.add("webrtc"));
  await new Promise<void>((resolve) => udp.bind(0, "127.0.0.1", resolve));
  recorder = createServer(selfSigned("*.example.test"), (request, response) => {
    reached.add(`${request.headers.host}${(request.url ?? "").split("?")[0]}`);
    response.setHeader("access-control-allow-origin", "*");
    if (request.url?.startsWith("/away"))
      response.writeHead(302, { location: `https://${OTHER}/redirected` }).end();
    else if (request.url?.startsWith("/image"))
      response
        .writeHead(200, { "content-type": "image/svg+xml" })
        .end('<svg xmlns="http://www.w3.org/2000/svg"/>');
    else response.end("arrived");
  });
  recorder.on("upgrade", (request, socket) => {
    reached.add(`${request.headers.host}${(request.url ?? "").split("?")[0]}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => recorder.listen(0, "127.0.0.1", resolve));
  const { port } = recorder.address() as AddressInfo;
  provider = await startChatServer({ script: () => [{ text: `/src/App.tsx\n\`\`\`tsx\n${CODE}\`\`\`\n` }] });
  [app, browser] = await Promise.all([
    startApp({ TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`, TRIPTYCH_FAST_MODEL: "scripted" }),
    openBrowser([
      `--host-resolver-rules=MAP *.example.test 127.0.0.1:${port}`,
      "--ignore-certificate-errors",
    ]),
  ]);
});
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
  await provider?.close();
  recorder?.closeAllConnections();
  recorder?.close();
  udp?.close();
});
beforeEach(() => {
  reached = new Set();
});

async function openProject(variants: 1 | 3 = 1): Promise<Page> {
  const page = await newPage(browser);
  await createProject(page, app, "A page", variants);
  await waitUntilCreated(page, LETTERS.slice(0, variants));
  return page;
}

/** The document of a preview, once the page runs in it. */
async function frameOf(page: Page, letter: string): Promise<Frame> {
  const heading = preview(page, letter).getByRole("heading", { name: "Secret plan" });
  await heading.waitFor();
  return (await (await heading.elementHandle())?.ownerFrame()) as Frame;
}

/** How a fetch and an image from a page end; each is over when this resolves. */
async function reachFrom(page: Page, letter: string, host: string, path = ""): Promise<string[]> {
  const frame = await frameOf(page, letter);
  return frame.evaluate(async (origin) => {
    const image = new Promise<string>((resolve) => {
      const element = new Image();
      element.onload = () => resolve("image loaded");
      element.onerror = () => resolve("image failed");
      element.src = `${origin}/image`;
    });
    const fetched = fetch(`${origin}/fetch`).then(
      (response) => response.text(),
      () => "fetch failed",
    );
    return Promise.all([fetched, image]);
  }, `https://${host}${path}`);
}

const FAILED = ["fetch failed", "image failed"];
const ARRIVED = ["arrived", "image loaded"];

async function allow(page: Page, hosts: string): Promise<void> {
  await page.getByRole("button", { name: /^Network/ }).click();
  await page.getByRole("textbox", { name: /Hosts/ }).fill(hosts);
  await page.getByRole("button", { name: /^(Allow|Change)$/ }).click();
}

async function allowAndWait(page: Page, host: string): Promise<string> {
  await allow(page, host);
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const panes = await page.getByRole("article", { name: /^Variant/ }).count();
  for (const letter of LETTERS.slice(0, panes)) {
    await variant(page, letter).getByText(`Network: ${host}`).waitFor();
    await frameOf(page, letter);
  }
  return tokenOf(page);
}

async function tokenOf(page: Page): Promise<string> {
  const src = await page.locator('iframe[title="Preview of variant A"]').getAttribute("src");
  return new URL(src ?? "", app.url).searchParams.get("network") ?? "";
}

/** The policy that a preview server gives now to who comes with this token. */
async function policyFor(page: Page, token: string): Promise<string> {
  const { origin } = new URL((await frameOf(page, "A")).url());
  const response = await fetch(`${origin}/?network=${token}`);
  return response.headers.get("content-security-policy") ?? "";
}

/** Every other way out of a page that may reach one host. */
async function expectOtherChannelsClosed(page: Page): Promise<void> {
  reached = new Set();
  const frame = await frameOf(page, "A");
  await frame.evaluate(
    (code) => new Function(code)(),
    channelsTo(`https://${OTHER}`, udp.address().port, true),
  );
  // What is slow to fail would still be seen: a request of the same page goes the same way and comes back.
  expect(await reachFrom(page, "B", ALLOWED)).toEqual(ARRIVED);
  const witness = await newPage(browser);
  await witness.goto(`https://${OTHER}/witness`);
  await frame.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  const expected = [`${ALLOWED}/fetch`, `${ALLOWED}/image`, `${OTHER}/witness`, `${OTHER}/favicon.ico`];
  expect([...reached].filter((each) => !expected.includes(each))).toEqual([]);
  await witness.context().close();
  expect(page.context().pages()).toHaveLength(1);
}

test("off, nothing arrives; on, only what was named, by any channel; off again, nothing", async () => {
  const page = await openProject(3);
  expect(await reachFrom(page, "A", ALLOWED)).toEqual(FAILED);
  expect([...reached]).toEqual([]);

  await allow(page, `${ALLOWED} 127.0.0.1`);
  await page
    .getByRole("alert")
    .getByText(/“127.0.0.1” is an address/)
    .waitFor();
  await page.keyboard.press("Escape");
  expect(await variant(page, "A").getByText("Network:").count()).toBe(0);

  const token = await allowAndWait(page, ALLOWED);
  for (const letter of LETTERS) expect(await reachFrom(page, letter, ALLOWED)).toEqual(ARRIVED);
  expect([...reached].sort()).toEqual([`${ALLOWED}/fetch`, `${ALLOWED}/image`]);
  for (const host of [OTHER, `x.${ALLOWED}`, `${ALLOWED}:444`, "127.0.0.1"])
    expect(await reachFrom(page, "B", host)).toEqual(FAILED);
  expect(await reachFrom(page, "B", ALLOWED, "/away")).toEqual(FAILED);
  expect([...reached].filter((each) => !each.startsWith(`${ALLOWED}/`))).toEqual([]);
  expect(await policyFor(page, token)).toContain(ALLOWED);
  await expectOtherChannelsClosed(page);

  await page.getByRole("button", { name: "Network on" }).click();
  await page.getByRole("button", { name: "Switch off" }).click();
  await variant(page, "A").getByText("Network:").waitFor({ state: "detached" });
  reached = new Set();
  for (const letter of ["A", "C"]) expect(await reachFrom(page, letter, ALLOWED)).toEqual(FAILED);
  expect([...reached]).toEqual([]);
  expect(await policyFor(page, token)).toBe(await policyFor(page, ""));
});

test("who opens a link of the project, or follows one of the page, sees and gets the same", async () => {
  const page = await openProject();
  await allowAndWait(page, ALLOWED);
  for (const kind of ["Live room", "This version of variant A"]) {
    await page.getByRole("button", { name: "Share" }).click();
    await page.getByRole("radio", { name: new RegExp(kind) }).click();
    const box = page.getByRole("textbox", { name: "Link" });
    await expect.poll(() => box.inputValue()).toMatch(/#[\w-]+$/);
    const link = await box.inputValue();
    await page.keyboard.press("Escape");
    const viewer = await newPage(browser);
    await viewer.goto(link);
    await variant(viewer, "A").getByText(`Network: ${ALLOWED}`).waitFor();
    await expect.poll(() => reachFrom(viewer, "A", ALLOWED)).toEqual(ARRIVED);
    expect(await reachFrom(viewer, "A", OTHER)).toEqual(FAILED);
    expect(await viewer.getByRole("button", { name: /^Network/ }).count()).toBe(0);
    await viewer.context().close();
  }

  // A link inside the page leads to a page that may reach the same.
  const frame = await frameOf(page, "A");
  await frame.evaluate(() => {
    document.body.append(
      Object.assign(document.createElement("a"), { href: "/about", textContent: "About" }),
    );
  });
  await pressInside(preview(page, "A").getByRole("link", { name: "About" }));
  await expect.poll(async () => new URL((await frameOf(page, "A")).url()).pathname).toBe("/about");
  expect(await reachFrom(page, "A", ALLOWED)).toEqual(ARRIVED);
});

test.each(["a guess", "the token of another project", "its own token, after it was switched off"])(
  "a page that goes by itself to %s gets nothing",
  async (what) => {
    const page = await openProject();
    let token = "guess-guess-guess-guess";
    if (what.startsWith("the token")) token = await allowAndWait(await openProject(), ALLOWED);
    if (what.startsWith("its own")) {
      token = await allowAndWait(page, ALLOWED);
      await allow(page, OTHER);
      await variant(page, "A").getByText(`Network: ${OTHER}`).waitFor();
    }
    // Reports from inside whether text of this project ever comes into a document that was loaded with the token.
    await page.addInitScript((stolen) => {
      if (!location.search.includes(stolen)) return;
      new MutationObserver(() => {
        if (document.body?.textContent?.includes("Secret plan"))
          new Image().src = "https://allowed.example.test/leak";
      }).observe(document, { subtree: true, childList: true, characterData: true });
    }, token);
    const frame = await frameOf(page, "A");
    const gone = page.waitForEvent("framenavigated", (each) => each.url().includes(token));
    const wasOnceA = await noteStates(page, "A");
    await frame.evaluate((search) => {
      location.href = `/?network=${search}`;
    }, token);
    await gone;
    // The pane notices that its page is gone, and brings it back where it belongs.
    await wasOnceA("hung");
    await frameOf(page, "A");
    await waitForState(page, "A", "idle");
    expect((await frameOf(page, "A")).url()).not.toContain(token);
    expect(await reachFrom(page, "A", ALLOWED)).toEqual(FAILED);
    expect([...reached].filter((each) => each.startsWith(ALLOWED))).toEqual([]);
  },
);
