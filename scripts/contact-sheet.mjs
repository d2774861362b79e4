/**
 * `npm run contact-sheet`: twenty prompts × three directions of the built-in designer, rendered by the real frames in a real Chromium,
 * on one picture: docs/contact-sheet.webp. `--check` writes no picture and fails when a page has an error, a violation that axe finds, a
 * horizontal scroll at 390, 768 or 1280 px, or a sibling that is too much the same. `--single <folder> [prompt …]` writes whole pages.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { register } from "tsx/esm/api";
import { buildFrames } from "./build-frames.mjs";
import { ensureChromium, ensureInstalled, ensureNode, root, say } from "./prepare.mjs";

const PROMPTS = [
  "A landing page for a village bakery, warm, with opening hours and an order button",
  "A site for a small climbing gym with prices and a contact form",
  "An app for invoices, for people who work alone",
  "A two-day conference about type, with a programme",
  "A hair salon called Linden, with prices",
  "A plumber in the city who comes when it drips",
  "A portfolio for an architect who restores old barns",
  "A small hotel by the sea with seven rooms",
  "Evening classes in drawing, for beginners",
  "A dentist for people who are afraid of dentists",
  "A flower shop selling tulips, wild bouquets and dried stems",
  "A restaurant with a short menu and a long table",
  "Side B: a record shop with listening stations",
  "A yoga studio with a team page and class prices",
  "A bike repair workshop, open on Saturdays",
  "A wine cellar on a steep hill, tastings on Fridays",
  "A neighbourhood association that cooks for people, with a newsletter",
  "A podcast with one true story every two weeks",
  "Guided hiking tours in the mountains, with questions answered",
  "A command line tool for developers, open source",
];
const WIDTHS = [1280, 768, 390];
const POSITIONS = [0, 1, 2];
const CEILING = 0.55;
const SHEET = {
  thumbWidth: 340,
  thumbHeight: 440,
  gap: 12,
  caption: 26,
  perRow: 6,
  type: "image/webp",
  quality: 0.72,
};
const PAGE_HEIGHT = Math.round((1280 * SHEET.thumbHeight) / SHEET.thumbWidth);

ensureNode();
await ensureInstalled();
process.env.CHROMIUM = await ensureChromium();
register();
const load = (path) => import(join(root, path));
const [{ serveFrames, openFrames }, { openBrowser }, { designedFiles }, { sameness }] = await Promise.all([
  load("tests/runtime/frame-harness.ts"),
  load("tests/e2e/harness.ts"),
  load("tests/model/built-in/designed.ts"),
  load("lib/project/sameness.ts"),
]);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const [mode, folder = "", ...asked] = process.argv.slice(2);
await buildFrames();
const [frames, browser] = [await serveFrames(), await openBrowser()];
const complaints = [];
try {
  const view = await openFrames(browser, frames);
  await view.page.locator("iframe").evaluate((frame) => {
    frame.style.cssText = "position:fixed;inset:0;width:100vw;height:100vh;border:0";
  });
  if (mode === "--single") await writeSingles(view);
  else await writeSheet(view);
} finally {
  await browser.close();
  await frames.close();
}
for (const complaint of complaints) say(complaint);
say(complaints.length === 0 ? "Every page is in order." : `${complaints.length} complaints.`);
process.exit(complaints.length === 0 ? 0 : 1);

async function writeSheet(view) {
  const shots = [];
  for (const prompt of PROMPTS) {
    const pages = POSITIONS.map((position) =>
      designedFiles({ text: prompt, position, seed: seedOf(prompt) }),
    );
    for (const [one, other] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ]) {
      const score = sameness(pages[one], pages[other]).score;
      if (score > CEILING)
        complaints.push(`${prompt}: ${"ABC"[one]} and ${"ABC"[other]} are alike (${score.toFixed(2)})`);
    }
    for (const position of POSITIONS) {
      await show(view, pages[position], `${prompt} (${"ABC"[position]})`);
      if (mode !== "--check") shots.push({ prompt, position, image: await shot(view, 1280, PAGE_HEIGHT) });
    }
  }
  if (mode === "--check") return;
  const bytes = await compose(shots, SHEET);
  writeFileSync(join(root, "docs", "contact-sheet.webp"), bytes);
  say(`docs/contact-sheet.webp: ${shots.length} pages, ${Math.round(bytes.length / 1024)} KB`);
}

/** Another seed for each prompt, so that all directions are seen. */
function seedOf(prompt) {
  return `sheet-${PROMPTS.indexOf(prompt)}`;
}

/** A prompt's three pages side by side, whole, wide and narrow. */
async function writeSingles(view) {
  mkdirSync(folder, { recursive: true });
  for (const [index, prompt] of (asked.length > 0 ? asked : PROMPTS).entries()) {
    const shots = WIDTHS.map(() => []);
    for (const position of POSITIONS) {
      await show(
        view,
        designedFiles({ text: prompt, position, seed: seedOf(prompt) }),
        `${prompt} (${"ABC"[position]})`,
      );
      for (const [at, width] of WIDTHS.entries())
        shots[at].push({ prompt, position, image: await shot(view, width, await heightAt(view, width)) });
    }
    for (const [at, width] of WIDTHS.entries()) {
      const thumbWidth = Math.min(width, 620);
      const sheet = { ...SHEET, thumbWidth, thumbHeight: null, perRow: POSITIONS.length, type: "image/png" };
      writeFileSync(join(folder, `${index}-${width}.png`), await compose(shots[at], sheet));
    }
  }
}

/** Opens a page and notes everything that is wrong with it. */
async function show(view, files, label) {
  await view.page.setViewportSize({ width: 1280, height: 900 });
  await view.pane((pane) => {
    pane.errors = [];
    pane.messages = [];
  });
  await view.open(Object.fromEntries(files));
  await settled(view);
  const said = await view.pane((pane) => [
    ...pane.errors.map((error) => error.message),
    ...pane.messages.flatMap((message) =>
      message.type === "triptych:console"
        ? message.lines.filter(({ level }) => level === "error").map(({ text }) => text)
        : [],
    ),
  ]);
  const html = view.frame().locator("html");
  await html.evaluate(() => document.fonts.ready.then(() => undefined));
  for (const width of WIDTHS) {
    await view.page.setViewportSize({ width, height: 900 });
    const over = await html.evaluate(
      (element) =>
        new Promise((resolve) =>
          requestAnimationFrame(() =>
            requestAnimationFrame(() => resolve(element.scrollWidth - element.clientWidth)),
          ),
        ),
    );
    if (over > 0) said.push(`scrolls sideways by ${over} px at ${width} px`);
    if (width === 768) continue;
    await html.evaluate((_element, source) => new Function(source)(), axe);
    said.push(...(await html.evaluate(violations)));
  }
  complaints.push(...said.map((text) => `${label}: ${text}`));
}

/** Runs in the frame. */
function paintedTwice() {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

/** Runs in the frame. */
async function violations() {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const result = await globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } });
  return result.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`,
  );
}

async function settled(view) {
  for (;;) {
    const behind = await view.pane((pane) => {
      const painted = pane.messages.filter((message) => message.type === "triptych:painted").at(-1);
      return painted && "seq" in painted ? painted.seq - pane.handed : pane.errors.length > 0 ? 0 : null;
    });
    if (behind === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function heightAt(view, width) {
  return view.page.setViewportSize({ width, height: 900 }).then(() =>
    view
      .frame()
      .locator("html")
      .evaluate((element) => element.scrollHeight),
  );
}

async function shot(view, width, height) {
  await view.page.setViewportSize({ width, height });
  // Frames of other origins paint in processes of their own: they are done a few frames after they know their new height.
  await view.page.waitForFunction((tall) => innerHeight === tall, height);
  await view.frame().locator("html").evaluate(paintedTwice);
  await new Promise((resolve) => setTimeout(resolve, 250));
  return view.page.screenshot({ type: "jpeg", quality: 88 });
}

/** All pictures on one canvas, which Chromium encodes. */
async function compose(shots, sheet) {
  const page = await browser.newPage();
  const images = shots.map(({ image, ...shot }) => ({
    ...shot,
    url: `data:image/jpeg;base64,${image.toString("base64")}`,
  }));
  const url = await page.evaluate(paint, { images, sheet });
  await page.close();
  return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
}

/** Runs in the page. Without a height for thumbnails they keep their own. */
async function paint({ images, sheet }) {
  const { thumbWidth, thumbHeight, gap, caption, perRow, type, quality } = sheet;
  const pictures = await Promise.all(
    images.map(async ({ url }) => {
      const blob = await (await fetch(url)).blob();
      return createImageBitmap(blob, { resizeWidth: thumbWidth, resizeQuality: "high" });
    }),
  );
  const height = thumbHeight ?? Math.max(...pictures.map((picture) => picture.height));
  const rows = Math.ceil(images.length / perRow);
  const canvas = document.createElement("canvas");
  canvas.width = perRow * (thumbWidth + gap) + gap;
  canvas.height = rows * (height + caption + gap) + gap;
  const context = canvas.getContext("2d");
  context.fillStyle = "#2b2a28";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.font = "13px sans-serif";
  for (const [index, { prompt, position }] of images.entries()) {
    const x = gap + (index % perRow) * (thumbWidth + gap);
    const y = gap + Math.floor(index / perRow) * (height + caption + gap);
    context.fillStyle = "#e8e4da";
    if (position === 0) context.fillText(prompt, x, y + 16, (thumbWidth + gap) * 3 - gap * 2);
    context.drawImage(pictures[index], x, y + caption);
  }
  return canvas.toDataURL(type, quality);
}
