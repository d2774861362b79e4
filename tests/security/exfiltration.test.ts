/** Code of a page tries every way out we know to a recording server on loopback; a plain page shows that the server would see it. */
import { createSocket, type Socket } from "node:dgram";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  type App,
  closeBrowser,
  createProject,
  newPage,
  openBrowser,
  preview,
  startApp,
} from "../e2e/harness.ts";
import { type ChatServer, startChatServer } from "../fixtures/providers/chat-server.ts";
import { CHANNEL_COUNT, channelsTo } from "./channels.ts";

let browser: Browser;
let recorder: Server;
let udp: Socket;
let target = "";
let udpPort = 0;
let reached = new Set<string>();
let control = "";

beforeAll(async () => {
  udp = createSocket("udp4");
  udp.on("message", () => reached.add("webrtc"));
  await new Promise<void>((resolve) => udp.bind(0, "127.0.0.1", resolve));
  udpPort = udp.address().port;
  recorder = createServer((request, response) => {
    const path = (request.url ?? "").split("?")[0]?.slice(1) ?? "";
    if (path === "control") return response.setHeader("content-type", "text/html").end(control);
    if (path !== "favicon.ico") reached.add(path);
    response.setHeader("access-control-allow-origin", "*").end("");
  });
  recorder.on("upgrade", (request, socket) => {
    reached.add((request.url ?? "").split("?")[0]?.slice(1) ?? "");
    socket.destroy();
  });
  await new Promise<void>((resolve) => recorder.listen(0, "127.0.0.1", resolve));
  target = `http://127.0.0.1:${(recorder.address() as AddressInfo).port}`;
  browser = await openBrowser();
});
afterAll(async () => {
  await closeBrowser(browser);
  recorder?.closeAllConnections();
  recorder?.close();
  udp?.close();
});
beforeEach(() => {
  reached = new Set();
});

test("the recording server sees a plain page: the test can fail", async () => {
  control = `<!doctype html><body><script>${channelsTo(target, udpPort, false)}</script></body>`;
  const page = await newPage(browser);
  await page.goto(`${target}/control`);
  await expect.poll(() => reached.size, { timeout: 15_000 }).toBeGreaterThan(CHANNEL_COUNT / 2);
  for (const name of ["fetch", "webrtc"])
    await expect.poll(() => [...reached], { timeout: 15_000 }).toContain(name);
  await page.context().close();
});

test("no channel leads out of a preview, and nothing of the app is readable in it", async () => {
  const code = `import { useEffect } from "react";

export default function App() {
  useEffect(() => {
    (0, eval)(${JSON.stringify(channelsTo(target, udpPort, true))});
    document.title = "tried";
  }, []);
  return <h1>Trying</h1>;
}
`;
  const provider: ChatServer = await startChatServer({
    script: () => [{ text: `/src/App.tsx\n\`\`\`tsx\n${code}\`\`\`\n` }],
  });
  const app: App = await startApp({
    TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`,
    TRIPTYCH_FAST_MODEL: "scripted",
  });
  try {
    const page = await newPage(browser);
    await createProject(page, app, "A page");
    const url = page.url();
    for (const letter of ["A", "B", "C"]) await preview(page, letter).getByText("Trying").waitFor();
    const frame = preview(page, "A").locator("html");
    await expect.poll(() => frame.evaluate(() => document.title)).toBe("tried");
    // A channel that is slow to fail would still be seen: a request of the same browser goes the same way and comes back.
    const witness = await newPage(browser);
    await witness.goto(`${target}/control-witness`);
    await expect.poll(() => reached.has("control-witness")).toBe(true);
    await frame.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    expect([...reached].filter((name) => name !== "control-witness")).toEqual([]);
    expect(await frame.evaluate(() => (globalThis as unknown as { __stolen: string[] }).__stolen)).toEqual(
      [],
    );
    expect(page.url()).toBe(url);
    expect(page.context().pages()).toHaveLength(1);
  } finally {
    await app.dispose();
    await provider.close();
  }
});
