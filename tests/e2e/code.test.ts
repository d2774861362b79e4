/** The code drawer as people use it: files by keys, problems, suggestions, format, search and differences, on one built project. */
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { violationsOf } from "./axe.ts";
import {
  type App,
  closeBrowser,
  createProject,
  keepPages,
  newPage,
  openBrowser,
  send,
  startApp,
  variant,
  waitUntilCreated,
  waitUntilWritten,
} from "./harness.ts";

/** One dot. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let app: App;
let browser: Browser;
let page: Page & { errors: string[] };
let code: Locator;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  page = await newPage(browser);
  keepPages();
  await createProject(page, app, "A page for a village bakery", 1);
  await waitUntilCreated(page, ["A"]);
  code = page.getByRole("complementary", { name: "Code of variant A" });
  await variant(page, "A").getByRole("button", { name: "Code" }).click();
  await textbox().waitFor();
});
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
});

const textbox = () => code.getByRole("textbox", { name: "Code" });
const tool = (name: string | RegExp) => code.getByRole("button", { name, exact: true });
const openFile = () => code.getByRole("combobox", { name: "File" }).inputValue();
const row = (name: string) => code.getByRole("treeitem", { name, exact: true });

test("files are chosen, made, renamed and deleted by keys, and every step is taken back", async () => {
  const hasFocus = (name: string) => row(name).evaluate((each) => each === document.activeElement);
  await row("App.tsx").focus();
  await page.keyboard.press("m");
  expect(await hasFocus("main.tsx")).toBe(true);
  await page.keyboard.press("Home");
  expect(await hasFocus("src")).toBe(true);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => row("main.tsx").count()).toBe(0);
  await page.keyboard.press("ArrowRight");
  await row("main.tsx").focus();
  await page.keyboard.press("Enter");
  await expect.poll(openFile).toBe("/src/main.tsx");

  await tool("New file").click();
  const name = code.getByRole("textbox", { name: "Path of the new file" });
  await name.fill("/src/../../outside.ts");
  await name.press("Enter");
  await code.getByRole("alert").getByText("leaves the project").waitFor();
  await name.fill("/src/Extra.tsx");
  await name.press("Enter");
  await expect.poll(openFile).toBe("/src/Extra.tsx");

  await row("Extra.tsx").press("F2");
  const rename = code.getByRole("textbox", { name: "New path of /src/Extra.tsx" });
  await rename.fill("/src/parts/Renamed.tsx");
  await rename.press("Enter");
  await row("parts").waitFor();
  await expect.poll(openFile).toBe("/src/parts/Renamed.tsx");
  await row("Renamed.tsx").press("Delete");
  await expect.poll(() => row("Renamed.tsx").count()).toBe(0);
  await row("App.tsx").press("ControlOrMeta+z");
  await row("Renamed.tsx").waitFor();
  await row("App.tsx").press("ControlOrMeta+z");
  await row("Extra.tsx").waitFor();
  await row("App.tsx").press("ControlOrMeta+z");
  await expect.poll(() => row("Extra.tsx").count()).toBe(0);
  await expect.poll(() => page.locator("[data-pending]").getAttribute("data-pending")).toBe("0");
});

test("open files are tabs: by arrow keys, closed by Delete, middle button and cross, and there again when the drawer is", async () => {
  const tabs = code.getByRole("tablist", { name: "Open files" });
  const open = async () => (await tabs.getByRole("tab").allInnerTexts()).join(" ");
  const tab = (name: string) => tabs.getByRole("tab", { name });
  expect(await open()).toBe("App.tsx main.tsx");
  await row("index.css").click();
  await expect.poll(open).toBe("App.tsx main.tsx index.css");
  await tab("index.css").focus();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(openFile).toBe("/src/main.tsx");
  expect(await tab("main.tsx").evaluate((each) => each === document.activeElement)).toBe(true);
  await page.keyboard.press("Delete");
  await expect.poll(open).toBe("App.tsx index.css");
  expect(await tab("index.css").evaluate((each) => each === document.activeElement)).toBe(true);
  await tab("App.tsx").click({ button: "middle" });
  await expect.poll(open).toBe("index.css");
  await row("App.tsx").click();
  await row("main.tsx").click();
  await page.getByRole("button", { name: "Close code" }).click();
  await variant(page, "A").getByRole("button", { name: "Code" }).click();
  await expect.poll(open).toBe("index.css App.tsx main.tsx");
  await expect.poll(openFile).toBe("/src/main.tsx");
  await tab("index.css").locator("span[aria-hidden]").click();
  await expect.poll(open).toBe("App.tsx main.tsx");
});

test("a picture is uploaded and shown; what is too large is refused with both figures", async () => {
  await row("App.tsx").click();
  const picker = code.locator("input[type=file]");
  await picker.setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: PNG });
  const picture = code.getByRole("img", { name: "/src/dot.png" });
  await picture.waitFor();
  await expect.poll(() => picture.evaluate((each) => (each as HTMLImageElement).naturalWidth)).toBe(1);
  await picker.setInputFiles({ name: "big.png", mimeType: "image/png", buffer: Buffer.alloc(300 * 1024) });
  await code.getByRole("alert").getByText("big.png has 300 KB; a file may have 256 KB").waitFor();
  await tool("Undo file change").click();
  await expect.poll(() => row("dot.png").count()).toBe(0);
});

test("what TypeScript finds is listed and leads to its line, and it suggests what can stand there", async () => {
  await row("App.tsx").click();
  await textbox().click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type('\nconst wrong: number = "three";\n');
  await tool("Problems: 1").click();
  const problems = code.getByRole("region", { name: "Problems" });
  await problems.getByRole("button", { name: /Type 'string' is not assignable to type 'number'/ }).click();
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe("wrong");
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("wrong.toFi");
  await code.getByRole("option", { name: /toFixed/ }).waitFor();
  await page.keyboard.press("Escape");
});

test("an error of the running page is one of the problems", async () => {
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type('\nthrow new Error("stopped by hand");\n');
  const problems = code.getByRole("region", { name: "Problems" });
  await problems.getByRole("button", { name: /stopped by hand/ }).waitFor();
  for (let step = 0; step < 12 && (await textbox().getByText("const wrong").count()) > 0; step++)
    await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => problems.getByRole("button", { name: /stopped by hand/ }).count()).toBe(0);
  await tool("Problems: 0").click();
});

test("a file is formatted by one edit, and ⌘Z brings back how it was", async () => {
  await textbox().click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("export   const  far=1");
  await tool("Format").click();
  await textbox().getByText("export const far = 1;").waitFor();
  await code.getByText(/^Formatted: \d+ places? changed/).waitFor();
  await textbox().press("ControlOrMeta+z");
  await textbox().getByText("export   const  far=1").waitFor();
});

test("all files are searched: as text, by pattern, in this case only; keys lead to a place and to a line", async () => {
  await page.keyboard.press("ControlOrMeta+Shift+f");
  const search = code.getByRole("searchbox", { name: "Search all files" });
  await search.fill("FAR=1");
  await code.getByText("1 place in 1 file").waitFor();
  await tool("Match case").click();
  await code.getByText("Nothing found.").waitFor();
  await tool("Regular expression").click();
  await search.fill("far=[");
  await code.getByText(/This is no regular expression/).waitFor();
  await search.fill("f.r=\\d");
  await code.getByText("1 place in 1 file").waitFor();
  await search.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe("far=1");
  await page.keyboard.press("Alt+g");
  await code.getByRole("textbox", { name: /line/i }).fill("1");
  await page.keyboard.press("Enter");
  await page.keyboard.type("// first\n");
  await expect.poll(() => textbox().locator(".cm-line").first().innerText()).toBe("// first");
});

test("what differs from the parent, by file and line; the editor is busy while a model writes", async () => {
  await tool("Differences").click();
  const compareWith = code.getByRole("combobox", { name: "Compare with" });
  await compareWith.selectOption({ index: 1 });
  await code.getByRole("button", { name: /\/src\/App\.tsx\s*\+\d+\s*−\d+/ }).waitFor();
  await code
    .getByLabel(/Changes of \/src\/App\.tsx from Turn 1/)
    .getByText("// first")
    .waitFor();
  await tool("Differences").click();
  const busy = code.locator("[aria-busy=true]").waitFor({ state: "attached" });
  await send(page, "Make it darker");
  await busy;
  await waitUntilWritten(page, ["A"]);
  await code.locator("[aria-busy=false]").waitFor();
});

test("nothing of the drawer breaks WCAG, in both themes, with all panels open", async () => {
  await tool("Files").click();
  await tool(/Problems/).click();
  for (const theme of ["light", "dark"]) {
    await page.evaluate((value) => {
      document.documentElement.dataset.theme = value;
    }, theme);
    expect(await violationsOf(page)).toEqual([]);
  }
  expect(page.errors).toEqual([]);
});
