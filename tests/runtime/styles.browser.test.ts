/** Tailwind in the frame: the project's own tokens, utilities and layers, classes that come while a page is written, and restarts. */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { closeBrowser, openBrowser } from "../e2e/harness.ts";
import { type FramePage, type Frames, openFrames, projectOf, serveFrames } from "./frame-harness.ts";

let frames: Frames;
let browser: Browser;
let page: FramePage;
beforeAll(async () => {
  [frames, browser] = await Promise.all([serveFrames(), openBrowser()]);
});
afterAll(async () => {
  await closeBrowser(browser);
  await frames?.close();
});
beforeEach(async () => {
  page = await openFrames(browser, frames, 2);
});
afterEach(() => page.page.close());

const SHEET = `@import "tailwindcss";
@import "./more.css";

@theme {
  --color-brand: rgb(10, 20, 30);
  --spacing: 5px;
}
@utility loud {
  letter-spacing: 3px;
}
@layer components {
  .card {
    @apply p-4 text-brand;
  }
}
`;
const app = (body: string) => `export default function App() {\n  return <main>${body}</main>;\n}\n`;
const styled = (property: string, name = "Look") =>
  page
    .frame()
    .getByRole("heading", { name })
    .evaluate((element, wanted) => getComputedStyle(element).getPropertyValue(wanted), property);

test("tokens, utilities, layers and other sheets of the project count, and a changed token is seen", async () => {
  await page.open(
    projectOf({
      "/src/index.css": SHEET,
      "/src/more.css": ".more { border-left: 9px solid black; }\n",
      "/src/App.tsx": app('<h1 className="card loud more hover:underline mt-2">Look</h1>'),
    }),
  );
  await page.frame().getByRole("heading", { name: "Look" }).waitFor();
  expect(await styled("color")).toBe("rgb(10, 20, 30)");
  expect(await styled("padding-left")).toBe("20px");
  expect(await styled("letter-spacing")).toBe("3px");
  expect(await styled("border-left-width")).toBe("9px");
  expect(await styled("margin-top")).toBe("10px");
  await page.change("/src/index.css", "10, 20, 30", "40, 50, 60");
  await expect.poll(() => styled("color")).toBe("rgb(40, 50, 60)");
  await page.change("/src/more.css", "9px", "4px");
  await expect.poll(() => styled("border-left-width")).toBe("4px");
});

test("a style sheet that does not compile is told with its reason, and the last good styles stay", async () => {
  await page.open(
    projectOf({
      "/src/index.css": SHEET.replace('@import "./more.css";\n', ""),
      "/src/App.tsx": app('<h1 className="card">Look</h1>'),
    }),
  );
  await page.frame().getByRole("heading", { name: "Look" }).waitFor();
  await page.change("/src/index.css", "@apply p-4", "@apply p-nothing");
  await expect.poll(async () => (await page.told())?.message).toContain("p-nothing");
  expect((await page.told())?.path).toBe("/src/index.css");
  expect(await styled("color")).toBe("rgb(10, 20, 30)");
  await page.change("/src/index.css", "@apply p-nothing", '@plugin "x";\n    @apply p-2');
  await expect.poll(async () => (await page.told())?.message).toContain("@plugin");
  await page.change("/src/index.css", '@plugin "x";\n    @apply p-2', "@apply p-2");
  await expect.poll(() => styled("padding-left")).toBe("10px");
  await expect.poll(() => page.told()).toBeNull();
});

test("classes that come while a page is written are styled, and a restarted frame has them at once", async () => {
  await page.open(projectOf({ "/src/App.tsx": app("<h1>Before</h1>") }));
  await page.frame().getByRole("heading", { name: "Before" }).waitFor();
  await page.push(
    '/src/App.tsx\n```tsx\nexport default function App() {\n  return (\n    <main>\n      <h1 className="pl-[17px] text-red-600">Look</h1>\n',
  );
  await page.frame().getByRole("heading", { name: "Look" }).waitFor();
  expect(await styled("padding-left")).toBe("17px");
  await page.push("    </main>\n  );\n}\n```\n");
  await page.end();
  // Once it is quiet the host has the styles of these files.
  await expect.poll(() => page.page.evaluate(() => Object.keys(localStorage).length)).toBeGreaterThan(1);
  await page.pane((pane) => pane.restart());
  await expect.poll(() => page.pane((pane) => pane.state)).toBe("running");
  await page.frame().getByRole("heading", { name: "Look" }).waitFor();
  expect(await styled("padding-left")).toBe("17px");
  // Tailwind is there again too: a class that was never built.
  await page.change("/src/App.tsx", "text-red-600", "text-red-600 mt-[23px]");
  await expect.poll(() => styled("margin-top")).toBe("23px");
});

test("a frame that nobody can see waits until the model has written, and then shows the end", async () => {
  for (const pane of [0, 1]) await page.open(projectOf({ "/src/App.tsx": app("<h1>Before</h1>") }), pane);
  for (const pane of [0, 1]) await page.frame(pane).getByRole("heading", { name: "Before" }).waitFor();
  await page.page
    .locator("iframe")
    .first()
    .evaluate((iframe) => {
      (iframe as HTMLElement).style.visibility = "hidden";
      (iframe as HTMLElement).style.position = "fixed";
      (iframe as HTMLElement).style.left = "-5000px";
    });
  const compiled = (index: number) =>
    page.pane((pane) => pane.messages.filter((message) => message.type === "triptych:applied").length, index);
  let before = 0;
  // The visible pane tells when the frames have had time for it.
  for (const [at, word] of ["one", "two", "three", "four"].entries()) {
    const opening =
      at === 0 ? "/src/App.tsx\n```tsx\nexport default function App() {\n  return (\n    <main>\n" : "";
    for (const pane of [0, 1]) await page.push(`${opening}      <h2>${word}</h2>\n`, pane);
    await page.frame(1).getByRole("heading", { name: word }).waitFor();
    // The browser tells a frame a moment later that it is out of sight.
    if (at === 1) before = await compiled(0);
  }
  expect(await compiled(0)).toBe(before);
  for (const pane of [0, 1]) await page.push("    </main>\n  );\n}\n```\n", pane);
  for (const pane of [0, 1]) await page.end(pane);
  await page.frame(0).getByText("four").waitFor({ state: "attached" });
});

test.each([
  ["a block", "@theme {\n", "}\n"],
  ["lines of a block", "", ""],
])(
  "while %s of a sheet is written anew, what is not written yet keeps its look",
  async (_what, open, close) => {
    const theme = "  --color-ink: rgb(10, 20, 30);\n  --color-paper: rgb(40, 50, 60);\n";
    await page.open(
      projectOf({
        "/src/index.css": `@import "tailwindcss";\n\n@theme {\n${theme}}\n\nbody {\n  margin: 3px;\n}\n`,
        "/src/App.tsx": app('<h1 className="bg-paper text-ink">Look</h1>'),
      }),
    );
    await page.frame().getByRole("heading", { name: "Look" }).waitFor();
    await expect.poll(() => styled("color")).toBe("rgb(10, 20, 30)");
    await page.push(
      `/src/index.css\n<<<<<<< SEARCH\n${open}${theme}${close}=======\n${open}  --color-ink: rgb(70, 80, 90);\n  --color-`,
    );
    await expect.poll(() => styled("color")).toBe("rgb(70, 80, 90)");
    expect(await styled("background-color")).toBe("rgb(40, 50, 60)");
    await page.push(`paper: rgb(1, 2, 3);\n${close}>>>>>>> REPLACE\n`);
    await page.end();
    await expect.poll(() => styled("background-color")).toBe("rgb(1, 2, 3)");
    expect(await page.told()).toBeNull();
  },
);
