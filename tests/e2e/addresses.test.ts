/** Wherever the app is opened: three previews run, an edit streams into them, and one that hangs is alone with it. */

import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { createServer, type Server } from "node:tls";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { selfSigned } from "../fixtures/certificate.ts";
import { type ChatServer, startChatServer } from "../fixtures/providers/chat-server.ts";
import {
  type App,
  closeBrowser,
  createByHand,
  newPage,
  noteStates,
  openBrowser,
  pressInside,
  preview,
  send,
  startApp,
  waitForState,
  waitUntilCreated,
  waitUntilWritten,
} from "./harness.ts";

const letters = ["A", "B", "C"];

/** `lines` lines, a counter, and a way to hang. */
const pageOf = (title: string, lines: number) => `/src/App.tsx
\`\`\`tsx
import { useState } from "react";

export default function App() {
  const [count, setCount] = useState(0);
  return (
    <main>
      <h1>${title}</h1>
      <button type="button" onClick={() => setCount(count + 1)}>Count {count}</button>
      <button type="button" onClick={() => new Function("for (;;) Math.random()")()}>Hang</button>
${Array.from({ length: lines }, (_, index) => `      <p>Line ${index + 1}.</p>`).join("\n")}
    </main>
  );
}
\`\`\`
`;

let provider: ChatServer;
let browser: Browser;
/** Answers to all names of this machine; a deployed one has a name for itself and one for each pane, all on one port. */
let local: App;
let deployed: App;

beforeAll(async () => {
  provider = await startChatServer({
    script: ({ body }) =>
      JSON.stringify(body).includes("REQUEST-MORE")
        ? [{ text: pageOf("Second", 120), rate: 500 }]
        : [{ text: pageOf("First", 1) }],
  });
  const model = { TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`, TRIPTYCH_FAST_MODEL: "scripted" };
  [local, deployed, browser] = await Promise.all([
    startApp({ ...model, HOST_NAMES: "triptych.example.test" }),
    startApp({ ...model, HOST_NAMES: "app.example.test", PREVIEW_HOST: "preview.example.test" }),
    openBrowser(["--host-resolver-rules=MAP *.example.test 127.0.0.1", "--ignore-certificate-errors"]),
  ]);
});
afterAll(async () => {
  await closeBrowser(browser);
  await local?.dispose();
  await deployed?.dispose();
  await provider?.close();
});

/** Speaks TLS and hands the bytes on, as a proxy that keeps the Host does. */
async function startTlsProxy(port: number): Promise<{ port: number; server: Server }> {
  const server = createServer(selfSigned("*.example.test"), (outside) => {
    const inside = connect(port, "127.0.0.1");
    for (const socket of [outside, inside])
      socket.on("error", () => [outside, inside].map((each) => each.destroy()));
    outside.pipe(inside).pipe(outside);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, server };
}

/** Of the page that is seen in a pane; a spare may load beside it. */
function addressOf(page: Page, letter: string): Promise<string> {
  return preview(page, letter)
    .locator("html")
    .evaluate(() => location.href);
}

async function worksAt(
  url: string,
  { secure, previews }: { secure: boolean; previews: RegExp },
): Promise<void> {
  const page = await newPage(browser);
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) refused.push(message.text());
  });
  // Counts from inside the frame how often the page changed what it says.
  await page.addInitScript(() => {
    const seen = new Set<number>();
    (globalThis as unknown as { states: Set<number> }).states = seen;
    new MutationObserver(() => seen.add(document.querySelectorAll("p").length)).observe(document, {
      subtree: true,
      childList: true,
    });
  });
  await createByHand(page, { url }, "A page");
  for (const letter of letters) await preview(page, letter).getByRole("heading", { name: "First" }).waitFor();
  await waitUntilCreated(page);
  expect(await page.evaluate(() => isSecureContext)).toBe(secure);
  const urls = await Promise.all(letters.map((letter) => addressOf(page, letter)));
  expect(new Set(urls.map((url) => new URL(url).host)).size).toBe(3);
  for (const url of urls) expect(url).toMatch(previews);

  await send(page, "REQUEST-MORE");
  for (const letter of letters) await preview(page, letter).getByText("Line 120.").waitFor();
  await waitUntilWritten(page);
  for (const letter of letters) {
    const states = await preview(page, letter)
      .locator("html")
      .evaluate(() => (globalThis as unknown as { states: Set<number> }).states.size);
    // Before, after, and some in between.
    expect(states).toBeGreaterThan(3);
  }

  const wasOnceA = await noteStates(page, "A");
  // An answer to this click never comes: it is sent from inside.
  const hang = await preview(page, "A").getByRole("button", { name: "Hang" }).elementHandle();
  void hang?.evaluate((button) => setTimeout(() => (button as HTMLElement).click())).catch(() => {});
  for (const letter of ["B", "C"]) {
    await pressInside(preview(page, letter).getByRole("button", { name: "Count 0" }));
    await preview(page, letter).getByRole("button", { name: "Count 1" }).waitFor();
  }
  await wasOnceA("hung");
  await preview(page, "A").getByRole("button", { name: "Count 0" }).waitFor();
  await waitForState(page, "A", "idle");
  expect(await preview(page, "B").getByRole("button", { name: "Count 1" }).count()).toBe(1);
  expect(page.errors).toEqual([]);
  expect(refused).toEqual([]);
}

/**
 * 127.0.0.1 is where all other browser tests are, localhost is a secure place like it, and a wildcard host works here behind a proxy:
 * apart from that they run nightly.
 */
const nightly = test.skipIf(process.env.TRIPTYCH_ADDRESSES !== "all");

for (const hostname of ["127.0.0.1", "localhost"])
  nightly(`at ${hostname}`, async () => {
    await worksAt(`http://${hostname}:${local.port}`, {
      secure: true,
      previews: new RegExp(`^http://${hostname}:\\d+/$`),
    });
  });

test("at a name on plain http, where there is no secure context", async () => {
  await worksAt(`http://triptych.example.test:${local.port}`, {
    secure: false,
    previews: /^http:\/\/triptych\.example\.test:\d+\/$/,
  });
});

nightly("behind a wildcard preview host, all on one port", async () => {
  await worksAt(`http://app.example.test:${deployed.port}`, {
    secure: false,
    previews: new RegExp(`^http://v[123]\\.preview\\.example\\.test:${deployed.port}/$`),
  });
});

test("behind a wildcard preview host and a proxy that speaks https", async () => {
  const proxy = await startTlsProxy(deployed.port);
  try {
    await worksAt(`https://app.example.test:${proxy.port}`, {
      secure: true,
      previews: new RegExp(`^https://v[123]\\.preview\\.example\\.test:${proxy.port}/$`),
    });
  } finally {
    proxy.server.close();
  }
});
