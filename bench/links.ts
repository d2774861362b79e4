/**
 * Links: a version opened on a phone-sized page, from the press to its painted heading, first and again; what it loads; how long a
 * link that is switched off keeps its sockets; looking back one turn in all three previews. The built server, one Chromium.
 */
import { gunzipSync, gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { templateFiles } from "../lib/project/template.ts";
import { buildPage } from "../lib/share/build-page.ts";
import {
  createProject,
  newPage,
  openBrowser,
  preview,
  send,
  startApp,
  waitUntilCreated,
} from "../tests/e2e/harness.ts";
import { quantile, type Row, round } from "./figures.ts";

const RUNS = 5;
const LETTERS = ["A", "B", "C"];

export async function bench(): Promise<{ name: string; rows: Row[] }> {
  const [app, browser] = await Promise.all([startApp({ TRIPTYCH_DESIGNER_RATE: "8000" }), openBrowser()]);
  try {
    const owner = await newPage(browser);
    await createProject(
      owner,
      app,
      "A landing page for a village bakery called Mill Lane, with opening hours",
    );
    await waitUntilCreated(owner);
    await send(owner, "change the headline to “Bread before sunrise”");
    for (const letter of LETTERS)
      await preview(owner, letter).getByText("Bread before sunrise").first().waitFor();
    const rows = [
      ...(await opened(owner, () => newPage(browser, 390, 844))),
      ...(await lookedBack(owner)),
      ...(await switchedOff(owner, () => newPage(browser))),
      ...(await built()),
    ];
    return { name: "links", rows };
  } finally {
    await browser.close();
    await app.dispose();
  }
}

async function linkOf(owner: Page, choice: string): Promise<string> {
  await owner.getByRole("button", { name: "Share" }).click();
  await owner.getByRole("radio", { name: choice }).click();
  const box = owner.getByRole("textbox", { name: "Link" });
  // The link of what was chosen before is there until the new one is made.
  let link = "";
  for (let same = 0; same < 10; ) {
    const next = await box.inputValue();
    same = next !== "" && next === link ? same + 1 : 0;
    link = next;
    await owner.waitForTimeout(50);
  }
  await owner.keyboard.press("Escape");
  return link;
}

async function opened(owner: Page, phone: () => Promise<Page>): Promise<Row[]> {
  const link = await linkOf(owner, "This version of variant B");
  const first: number[] = [];
  const again: number[] = [];
  let bytes = { app: 0, frame: 0 };
  for (let run = 0; run < RUNS; run++) {
    const page = await phone();
    const loaded = countScripts(page);
    first.push(await timeOf(page, link));
    bytes = await loaded();
    again.push(await timeOf(page, link.split("#")[0] ?? link));
    await page.context().close();
  }
  return [
    {
      what: "a version opened for the first time, to its heading, p50",
      figure: round(quantile(first, 0.5), 0),
      unit: "ms",
    },
    { what: "opened again in the same browser, p50", figure: round(quantile(again, 0.5), 0), unit: "ms" },
    { what: "scripts of the app's page, gzip", figure: round(bytes.app / 1024), unit: "KB" },
    {
      what: "scripts in the frame (React, packages, the page), gzip",
      figure: round(bytes.frame / 1024),
      unit: "KB",
    },
  ];
}

async function timeOf(page: Page, link: string): Promise<number> {
  const asked = performance.now();
  await page.goto(link, { waitUntil: "commit" });
  await preview(page, "B").getByRole("heading", { level: 1 }).waitFor();
  return performance.now() - asked;
}

function countScripts(page: Page): () => Promise<{ app: number; frame: number }> {
  const all: Promise<[string, number]>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    const size = response.body().then(
      (body) => gzipSync(isGzip(body) ? gunzipSync(body) : body).byteLength,
      () => 0,
    );
    all.push(size.then((length) => [new URL(response.url()).port, length]));
  });
  return async () => {
    const own = new URL(page.url()).port;
    const sum = (sizes: [string, number][]) => sizes.reduce((total, [, size]) => total + size, 0);
    const sizes = await Promise.all(all);
    return {
      app: sum(sizes.filter(([port]) => port === own)),
      frame: sum(sizes.filter(([port]) => port !== own)),
    };
  };
}

function isGzip(body: Buffer): boolean {
  return body[0] === 0x1f && body[1] === 0x8b;
}

async function lookedBack(owner: Page): Promise<Row[]> {
  const slider = owner.getByRole("slider", { name: "Look back" });
  const shown = (isThere: boolean) =>
    Promise.all(
      LETTERS.map((letter) =>
        preview(owner, letter)
          .getByText("Bread before sunrise")
          .first()
          .waitFor({ state: isThere ? "visible" : "detached" }),
      ),
    );
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    await slider.focus();
    await owner.keyboard.press("End");
    await owner.keyboard.press("ArrowLeft");
    await shown(true);
    const asked = performance.now();
    await owner.keyboard.press("ArrowLeft");
    await shown(false);
    times.push(performance.now() - asked);
  }
  await owner.keyboard.press("End");
  return [
    {
      what: "looking back one turn, until all three previews have changed, p50 (with the driver's own steps)",
      figure: round(quantile(times, 0.5), 0),
      unit: "ms",
    },
  ];
}

async function switchedOff(owner: Page, guest: () => Promise<Page>): Promise<Row[]> {
  const link = await linkOf(owner, "Live room");
  const guests = await Promise.all([guest(), guest()]);
  for (const page of guests) {
    await page.goto(link);
    await preview(page, "A").getByRole("heading", { level: 1 }).waitFor();
  }
  await owner.getByRole("button", { name: "Share" }).click();
  const asked = performance.now();
  await owner.getByRole("button", { name: /^Revoke the live room/ }).click();
  await Promise.all(
    guests.map((page) => page.getByText("This link was switched off by the person who made it.").waitFor()),
  );
  const ms = performance.now() - asked;
  await owner.keyboard.press("Escape");
  return [{ what: "link switched off, until both guests' pages say so", figure: round(ms, 0), unit: "ms" }];
}

/** Most of it is Tailwind, on the server's own thread. */
async function built(): Promise<Row[]> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    await buildPage(templateFiles);
    times.push(performance.now() - began);
  }
  return [
    {
      what: "building the template's page on the server, p50",
      figure: round(quantile(times, 0.5), 0),
      unit: "ms",
    },
  ];
}
