/** What a page keeps while its sources change: state, inputs, the place on the page; and what it never shows: a blank page. */
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
  page = await openFrames(browser, frames);
});
afterEach(() => page.page.close());

const COUNTER = `import { useState } from "react";

export default function Counter() {
  const [count, setCount] = useState(0);
  return <button type="button" onClick={() => setCount(count + 1)}>Count {count}</button>;
}
`;
const app = (imports: string, body: string) =>
  `${imports}\nexport default function App() {\n  return (\n    <main>\n${body}\n    </main>\n  );\n}\n`;

/** Opens a page with a counter at 2 beside what a test brings. */
async function openCounting(files: Record<string, string>, imports = "", body = ""): Promise<void> {
  await page.open(
    projectOf({
      "/src/App.tsx": app(`import Counter from "./Counter";\n${imports}`, `<Counter />\n${body}`),
      "/src/Counter.tsx": COUNTER,
      ...files,
    }),
  );
  for (const count of [0, 1])
    await page
      .frame()
      .getByRole("button", { name: `Count ${count}` })
      .press("Enter");
  await page.frame().getByRole("button", { name: "Count 2" }).waitFor();
}

const count = (value: number) => page.frame().getByRole("button", { name: `Count ${value}` });

test("text, classes and structure of a component change, its state stays", async () => {
  await openCounting({});
  await page.change("/src/Counter.tsx", "Count {count}", "Count {count} times");
  await page.frame().getByRole("button", { name: "Count 2 times" }).waitFor();
  await page.change("/src/Counter.tsx", "<button", '<button className="text-red-600"');
  await expect
    .poll(() => count(2).evaluate((button) => getComputedStyle(button).color))
    .not.toBe("rgb(0, 0, 0)");
  await page.change("/src/App.tsx", "<Counter />", "<Counter />\n<footer><h2>Below</h2></footer>");
  await page.frame().getByRole("heading", { name: "Below" }).waitFor();
  await count(2).waitFor();
});

test("a component whose hooks changed begins anew, the others keep their state", async () => {
  await openCounting(
    { "/src/Other.tsx": COUNTER.replaceAll("Count ", "Other ").replaceAll("Counter", "Other") },
    'import Other from "./Other";',
    "<Other />",
  );
  await page.frame().getByRole("button", { name: "Other 0" }).press("Enter");
  await page.change("/src/Other.tsx", "useState(0);", "useState(0);\n  const [name] = useState(7);");
  await page.frame().getByRole("button", { name: "Other 0" }).waitFor();
  await count(2).waitFor();
});

test("a module that is no component reaches the components that use it, and their state stays", async () => {
  await openCounting(
    {
      "/src/data/words.ts":
        'export const words = ["one", "two"];\nexport const upper = (word: string) => word.toUpperCase();\n',
      "/src/data/index.ts": 'export * from "./words";\nexport { upper as shout } from "./words";\n',
      "/src/List.tsx":
        'import { shout, words } from "./data";\n\nexport function List() {\n  return <ul>{words.map((word) => <li key={word}>{shout(word)}</li>)}</ul>;\n}\n',
    },
    'import { List } from "./List";',
    "<List />",
  );
  await page.frame().getByText("TWO").waitFor();
  await page.change("/src/data/words.ts", '"two"', '"two", "three"');
  await page.frame().getByText("THREE").waitFor();
  await count(2).waitFor();
});

test("classes, forwardRef, memo, lazy, contexts and named exports run, and are replaced in place", async () => {
  await openCounting(
    {
      "/src/theme.tsx":
        'import { createContext, useContext } from "react";\n\nexport const Theme = createContext("day");\nexport function useTheme() {\n  return useContext(Theme);\n}\n',
      "/src/kinds.tsx": `import { Component, forwardRef, memo, type ReactNode } from "react";
import { useTheme } from "./theme";

export class Clock extends Component<{ children?: ReactNode }, { ticks: number }> {
  state = { ticks: 3 };
  render() {
    return <p>Clock {this.state.ticks} {this.props.children}</p>;
  }
}
export const Field = forwardRef<HTMLInputElement, { label: string }>(function Field({ label }, ref) {
  return <label>{label}<input ref={ref} /></label>;
});
export const Badge = memo(({ text }: { text: string }) => <strong>Badge {text}</strong>);
export const Themed = () => <em>Theme {useTheme()}</em>;
`,
      "/src/Late.tsx": "export default function Late() {\n  return <p>Came late</p>;\n}\n",
    },
    'import { lazy, Suspense } from "react";\nimport { Badge, Clock, Field, Themed } from "./kinds";\nimport { Theme } from "./theme";\nconst Late = lazy(() => import("./Late"));',
    '<Clock>now</Clock><Field label="Name" /><Badge text="new" /><Theme.Provider value="night"><Themed /></Theme.Provider><Suspense fallback="…"><Late /></Suspense>',
  );
  const frame = page.frame();
  for (const text of ["Clock 3 now", "Badge new", "Theme night", "Came late"])
    await frame.getByText(text).waitFor();
  await frame.getByLabel("Name").fill("Ada");
  await page.change("/src/kinds.tsx", "<p>Clock", "<p>The clock");
  await frame.getByText("The clock 3 now").waitFor();
  await page.change("/src/kinds.tsx", "Badge {text}", "Label {text}");
  await frame.getByText("Label new").waitFor();
  await page.change("/src/kinds.tsx", "Theme {useTheme()}", "It is {useTheme()}");
  await frame.getByText("It is night").waitFor();
  expect(await frame.getByLabel("Name").inputValue()).toBe("Ada");
  await page.change("/src/Late.tsx", "Came late", "Came later");
  await frame.getByText("Came later").waitFor();
  await count(2).waitFor();
  expect(await page.told()).toBeNull();
});

test("a render that throws leaves the page as it was, with its state; the next good text is shown", async () => {
  await openCounting(
    { "/src/Prices.tsx": "export default function Prices() {\n  return <h2>Prices</h2>;\n}\n" },
    'import Prices from "./Prices";',
    "<Prices />",
  );
  await page.write(
    "/src/Prices.tsx",
    'export default function Prices() {\n  const rows = JSON.parse("no");\n  return <h2>{rows}</h2>;\n}\n',
  );
  await expect.poll(async () => (await page.told())?.line).toBe(2);
  await page.frame().getByRole("heading", { name: "Prices" }).waitFor();
  await count(2).waitFor();
  await page.write(
    "/src/Prices.tsx",
    "export default function Prices() {\n  return <h2>Better prices</h2>;\n}\n",
  );
  await page.frame().getByRole("heading", { name: "Better prices" }).waitFor();
  await count(2).waitFor();
  expect(await page.told()).toBeNull();
});

test("a page of which one file does not parse opens without that part, and is whole when it is mended", async () => {
  const prices = "export default function Prices() {\n  return <h2>Prices</h2>;\n}\n";
  await openCounting(
    { "/src/Prices.tsx": prices.replace("</h2>", "</h") },
    'import Prices from "./Prices";',
    "<Prices />",
  );
  await page.frame().getByText("Prices did not run.").waitFor();
  await expect.poll(async () => (await page.told())?.path).toBe("/src/Prices.tsx");
  await page.change("/src/Prices.tsx", "Prices()", "Prices(");
  await page.frame().getByText("Prices did not run.").waitFor();
  await page.write("/src/Prices.tsx", prices);
  await page.frame().getByRole("heading", { name: "Prices" }).waitFor();
  await expect.poll(() => page.told()).toBeNull();
  await page.frame().getByRole("button", { name: "Count" }).waitFor();
});

test("a component that begins to throw later, by a click, takes only itself from the page", async () => {
  await openCounting(
    {
      "/src/Fragile.tsx":
        'import { useState } from "react";\n\nexport default function Fragile() {\n  const [broken, setBroken] = useState(false);\n  if (broken) throw new Error("it broke");\n  return <button type="button" onClick={() => setBroken(true)}>Break</button>;\n}\n',
    },
    'import Fragile from "./Fragile";',
    "<Fragile />",
  );
  await page.frame().getByRole("button", { name: "Break" }).press("Enter");
  await expect.poll(async () => (await page.told())?.message).toBe("it broke");
  expect((await page.told())?.path).toBe("/src/Fragile.tsx");
  await count(2).waitFor();
  await page.change("/src/Fragile.tsx", "<button", '<button title="mended"');
  await page.frame().getByTitle("mended").waitFor();
  await count(2).waitFor();
});

test("modules that import each other run and are replaced", async () => {
  await openCounting(
    {
      "/src/Even.tsx":
        'import { Odd } from "./Odd";\n\nexport function Even({ n }: { n: number }) {\n  return n === 0 ? <b>even end</b> : <Odd n={n - 1} />;\n}\n',
      "/src/Odd.tsx":
        'import { Even } from "./Even";\n\nexport function Odd({ n }: { n: number }) {\n  return n === 0 ? <b>odd end</b> : <Even n={n - 1} />;\n}\n',
    },
    'import { Even } from "./Even";',
    "<Even n={3} />",
  );
  await page.frame().getByText("odd end").waitFor();
  await page.change("/src/Odd.tsx", "odd end", "the odd end");
  await page.frame().getByText("the odd end").waitFor();
  await count(2).waitFor();
});

test("CSS modules, JSON, SVG and pictures are what Vite makes of them", async () => {
  const pixel =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  await openCounting(
    {
      "/src/card.module.css":
        ".card { border-top: 7px solid red; }\n.card .inner { padding-left: 9px; }\n@media (min-width: 1px) { .wide { margin-left: 5px; } }\n",
      "/src/data.json": '{ "title": "From JSON", "list": [1, 2] }',
      "/src/mark.svg":
        '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>',
      "/src/dot.png": `data:image/png;base64,${pixel}`,
      "/public/robots.txt": "User-agent: *",
    },
    'import styles from "./card.module.css";\nimport data, { list } from "./data.json";\nimport mark from "./mark.svg";\nimport raw from "./mark.svg?raw";\nimport dot from "./dot.png";',
    '<section className={styles.card + " " + styles.wide} aria-label="card"><p className={styles.inner}>{data.title} {list.length} {import.meta.env.MODE} {String(import.meta.env.DEV)}</p></section><img src={mark} alt="mark" /><img src={dot} alt="dot" /><i>{raw.slice(0, 4)}</i>',
  );
  const frame = page.frame();
  await frame.getByText("From JSON 2 development true").waitFor();
  await frame.getByText("<svg").waitFor();
  const card = frame.getByRole("region", { name: "card" });
  expect(await card.evaluate((element) => getComputedStyle(element).borderTopWidth)).toBe("7px");
  expect(await card.evaluate((element) => getComputedStyle(element).marginLeft)).toBe("5px");
  expect(await card.locator("p").evaluate((element) => getComputedStyle(element).paddingLeft)).toBe("9px");
  expect(await card.evaluate((element) => element.className)).not.toMatch(/(^| )card( |$)/);
  for (const name of ["mark", "dot"])
    await expect
      .poll(() =>
        frame.getByRole("img", { name }).evaluate((image) => (image as HTMLImageElement).naturalWidth),
      )
      .toBeGreaterThan(0);
  await page.change("/src/card.module.css", "7px", "11px");
  await expect.poll(() => card.evaluate((element) => getComputedStyle(element).borderTopWidth)).toBe("11px");
  await page.change("/src/data.json", "From JSON", "Changed JSON");
  await frame.getByText("Changed JSON 2").waitFor();
  await count(2).waitFor();
});

test("the place on the page and what was typed stay while the page grows above", async () => {
  const lines = Array.from({ length: 80 }, (_, line) => `<p>Line ${line}</p>`).join("\n");
  await openCounting(
    { "/src/Long.tsx": `export default function Long() {\n  return <section>${lines}</section>;\n}\n` },
    'import Long from "./Long";',
    "<Long /><label>Mail<input /></label>",
  );
  const frame = page.frame();
  await frame.getByLabel("Mail").fill("ada@example.org");
  await frame.getByLabel("Mail").scrollIntoViewIfNeeded();
  const before = await frame.locator("html").evaluate(() => scrollY);
  expect(before).toBeGreaterThan(200);
  await page.change("/src/Long.tsx", "Line 79", "Line seventy-nine");
  await frame.getByText("Line seventy-nine").waitFor();
  await page.change("/src/App.tsx", "<Long />", "<Long /><h3>More</h3>");
  await frame.getByRole("heading", { name: "More" }).waitFor();
  expect(await frame.locator("html").evaluate(() => scrollY)).toBeGreaterThan(200);
  expect(await frame.getByLabel("Mail").inputValue()).toBe("ada@example.org");
});

test("timers and listeners of a module that is evaluated again are gone", async () => {
  const code = (word: string) =>
    `const node = document.createElement("output");\nnode.id = "ticks";\ndocument.getElementById("ticks")?.remove();\ndocument.body.append(node);\nsetInterval(() => { node.textContent = "${word}"; (globalThis as unknown as { seen: string[] }).seen = [...((globalThis as unknown as { seen?: string[] }).seen ?? []), "${word}"].slice(-3); }, 5);\nexport const word = "${word}";\n`;
  await openCounting(
    {
      "/src/tick.ts": code("first"),
      "/src/Word.tsx":
        'import { word } from "./tick";\n\nexport default function Word() {\n  return <p>Word {word}</p>;\n}\n',
    },
    'import Word from "./Word";',
    "<Word />",
  );
  await page.frame().locator("#ticks", { hasText: "first" }).waitFor();
  await page.write("/src/tick.ts", code("second"));
  await page.frame().getByText("Word second").waitFor();
  await expect
    .poll(() =>
      page
        .frame()
        .locator("html")
        .evaluate(() => (globalThis as unknown as { seen: string[] }).seen),
    )
    .toEqual(["second", "second", "second"]);
});

test.each([
  ["a file that is not there", './Missing"', /Cannot find "\.\/Missing"/],
  ["a package that is not there", 'left-pad-deluxe"', /"left-pad-deluxe" is not available/],
])("an import of %s is placed in the file that imports it", async (_what, specifier, message) => {
  await page.open(
    projectOf({
      "/src/App.tsx": app('import Part from "./Part";', "<Part />"),
      "/src/Part.tsx": app(`\nimport part from "${specifier};`, "{part}"),
    }),
  );
  await expect.poll(page.told).toMatchObject({
    message: expect.stringMatching(message),
    path: "/src/Part.tsx",
    line: 2,
  });
});

test("a page that opened with a note for what was missing runs as soon as it is there", async () => {
  await page.open(
    projectOf({
      "/src/App.tsx": app('import Part from "./Part";', "<Part />"),
      "/src/Part.tsx": app('import word from "./word";', "{word}"),
    }),
  );
  await expect.poll(page.told).toMatchObject({ path: "/src/Part.tsx" });
  await page.write("/src/word.ts", 'export default "There at last";\n');
  await page.frame().getByText("There at last").waitFor({ timeout: 10_000 });
  await expect.poll(page.told).toBeNull();
});
