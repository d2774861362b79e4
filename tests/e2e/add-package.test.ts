/** "Add package" end to end: a page imports what previews do not have, a person adds it from a registry on loopback, the page runs. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Registry, startRegistry, strangeReact } from "../fixtures/npm-registry.ts";
import { type ChatServer, startChatServer } from "../fixtures/providers/chat-server.ts";
import {
  type App,
  closeBrowser,
  newPage,
  openBrowser,
  openOne,
  pressInside,
  preview,
  send,
  startApp,
  variant,
} from "./harness.ts";

const USES_SLIDER = `import { Slider } from "tiny-slider/react";
import "tiny-slider/css";

export default function App() {
  return <main className="slides"><Slider label="Slide" /></main>;
}
`;
const USES_MORE = USES_SLIDER.replace(
  "\nimport",
  `\nimport { effect } from "tiny-slider/effects";\nimport`,
).replace('label="Slide"', 'label={"Slide " + effect}');
const USES_UNKNOWN = `import { Rocket } from "nobody-has-this";\nexport default function App() { return <Rocket />; }\n`;
const USES_NODE = `import read from "reads-files";\nexport default function App() { return <p>{String(read)}</p>; }\n`;
const PLAIN = `export default function App() { return <p>Without it</p>; }\n`;
/** The first words that a prompt holds decide; what was asked before stands in it too. */
const ANSWERS: Record<string, string> = {
  "Fix this error": PLAIN,
  "ASK-MORE": USES_MORE,
  "ASK-UNKNOWN": USES_UNKNOWN,
  "ASK-NODE": USES_NODE,
};

let home = "";
let registry: Registry;
let provider: ChatServer;
let app: App;
let browser: Browser;
let settings: Record<string, string>;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "triptych-add-"));
  [registry, provider] = await Promise.all([startRegistry(testPackages()), startScript()]);
  settings = {
    TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`,
    TRIPTYCH_FAST_MODEL: "scripted",
    npm_config_registry: registry.url,
    npm_config_cache: join(home, "npm-cache"),
  };
  [app, browser] = await Promise.all([startApp(settings), openBrowser()]);
});
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
  await provider?.close();
  await registry?.close();
  rmSync(home, { recursive: true, force: true });
});

function testPackages() {
  const slider = `import { useState } from "react";
    import { shared } from "./shared.js";
    export function Slider({ label }) {
      const [slide, setSlide] = useState(1);
      shared.count = slide;
      return <button type="button" className="slide" onClick={() => setSlide(slide + 1)}>{label} no. {slide}</button>;
    }`;
  return [
    strangeReact,
    {
      name: "tiny-slider",
      version: "3.1.4",
      manifest: {
        peerDependencies: { react: ">=18" },
        scripts: { postinstall: `node -e "require('fs').writeFileSync('${join(home, "ran")}', '')"` },
        exports: { "./react": "./react.jsx", "./effects": "./effects.js", "./css": "./slider.css" },
      },
      files: {
        "react.jsx": slider,
        "shared.js": "export const shared = { count: 0 };",
        "effects.js": `export const effect = "fading";`,
        "slider.css": ".slide { color: rgb(1, 2, 3) }",
      },
    },
    {
      name: "reads-files",
      version: "1.0.0",
      files: { "index.js": `module.exports = require("fs").readFileSync;` },
    },
  ];
}

function startScript(): Promise<ChatServer> {
  return startChatServer({
    script: ({ body }) => {
      const asked = JSON.stringify(body);
      const code = Object.entries(ANSWERS).find(([words]) => asked.includes(words))?.[1] ?? USES_SLIDER;
      return [{ text: `/src/App.tsx\n\`\`\`tsx\n${code}\`\`\`\n` }];
    },
  });
}

const addButton = (page: Page) => variant(page, "A").getByRole("button", { name: "Add package" });
const slide = (page: Page, words: string) => preview(page, "A").getByRole("button", { name: words });

async function runs(page: Page, words: string): Promise<void> {
  await slide(page, words).waitFor();
  await expect.poll(() => variant(page, "A").getAttribute("data-state")).toBe("idle");
}

test("a person adds the package and the page runs: here, after a reload, and in another browser", async () => {
  const page = await openOne(browser, app, "A slider");
  const other = await newPage(browser);
  await other.goto(page.url());
  await addButton(other).waitFor();
  await addButton(page).click();
  await runs(page, "Slide no. 1");
  // Its hooks and its sheet are those of this page.
  await pressInside(slide(page, "Slide no. 1"));
  await slide(page, "Slide no. 2").waitFor();
  const color = await slide(page, "Slide no. 2").evaluate((button) => getComputedStyle(button).color);
  expect(color).toBe("rgb(1, 2, 3)");
  await runs(other, "Slide no. 1");

  await page.reload();
  await runs(page, "Slide no. 1");
  await variant(page, "A").getByRole("button", { name: "Code" }).click();
  await page.getByLabel("File", { exact: true }).selectOption("/package.json");
  await page.getByText('"tiny-slider": "3.1.4"').waitFor();
  expect(existsSync(join(home, "ran"))).toBe(false);
  expect([...page.errors, ...other.errors]).toEqual([]);
  await Promise.all([page.close(), other.close()]);
});

/** Its script comes with the headers of a preview; nothing is made by asking for what is not there. */
async function expectServedLikeAPreview(page: Page): Promise<void> {
  const source = await preview(page, "A")
    .locator("script[src^='/packages/']")
    .first()
    .evaluate((script) => (script as HTMLScriptElement).src);
  const there = await fetch(source);
  expect([there.status, there.headers.get("cache-control")]).toEqual([
    200,
    "public, max-age=31536000, immutable",
  ]);
  expect(there.headers.get("content-security-policy")).toContain("connect-src 'none'");
  expect(there.headers.get("connection-allowlist")).toBe("(response-origin)");
  expect(there.headers.get("access-control-allow-origin")).toBe("*");
  const before = registry.requests.length;
  for (const path of [
    "/packages/reads-files@9.9.9/reads-files.js",
    "/packages/..%2f..@1.0.0/x.js",
    "/packages/x",
  ]) {
    const missing = await fetch(new URL(path, source));
    expect([missing.status, missing.headers.get("cache-control")]).toEqual([404, "no-store"]);
    expect(missing.headers.get("content-security-policy")).toContain("connect-src 'none'");
  }
  expect(registry.requests.length).toBe(before);
}

test("it is served like everything of a preview, and another part of it is offered and needs no registry", async () => {
  const page = await openOne(browser, app, "A slider");
  await addButton(page).click();
  await runs(page, "Slide no. 1");
  await expectServedLikeAPreview(page);
  const before = registry.requests.length;
  await send(page, "ASK-MORE");
  await addButton(page).click();
  await runs(page, "Slide fading no. 1");
  expect(registry.requests.length).toBe(before);
  await page.close();
});

test("a server with an emptied cache offers it again, in the version of package.json", async () => {
  const page = await openOne(browser, app, "A slider");
  await addButton(page).click();
  await runs(page, "Slide no. 1");
  await app.kill("SIGTERM");
  rmSync(join(app.dataFolder, "packages"), { recursive: true, force: true });
  await app.start();
  // Another browser: what the first one has in its own cache it need not ask for again.
  const other = await newPage(browser);
  await other.goto(page.url());
  await addButton(other).click();
  await runs(other, "Slide no. 1");
  expect(existsSync(join(app.dataFolder, "packages", "tiny-slider@3.1.4"))).toBe(true);
});

test("what cannot be added is said in a sentence, and Fix still works", async () => {
  const page = await openOne(browser, app, "ASK-UNKNOWN");
  await addButton(page).click();
  const strip = variant(page, "A").getByRole("alert");
  await strip.getByText(/The npm registry has no such package.*\(nobody-has-this\)/).waitFor();
  await strip.getByRole("button", { name: "Fix" }).click();
  await preview(page, "A").getByText("Without it").waitFor();
  await expect.poll(() => variant(page, "A").getAttribute("data-state")).toBe("idle");
  await page.close();

  const other = await openOne(browser, app, "ASK-NODE");
  await addButton(other).click();
  await variant(other, "A")
    .getByText(/made for Node.*\(reads-files 1\.0\.0: fs\)/)
    .waitFor();
  await other.close();
});

test("switched off it says so", async () => {
  const closed = await startApp({ ...settings, TRIPTYCH_PACKAGES: "off" });
  const page = await openOne(browser, closed, "A slider");
  await addButton(page).click();
  await variant(page, "A")
    .getByText(/switched off on this server/)
    .waitFor();
  await page.close();
  await closed.dispose();
});
