/** The first prompt → a whole page, written so that it is on screen early and grows section by section. */

import { pastedTableIn } from "#lib/prompt/pasted-table.ts";
import type { PromptRequest } from "#lib/prompt/types.ts";
import { changeOf, replaceBlock, wholeFile } from "./answer.ts";
import { directedPage } from "./directed.ts";
import { takeTable } from "./follow-ups/brought-table.ts";
import type { Draft } from "./follow-ups/draft.ts";
import { APP, appFile, pageFiles, pathOf, pictureFiles, SITE, siteFile } from "./page-files.ts";
import { pictureOutline } from "./pictures/picture-files.ts";
import type { Page } from "./plan.ts";
import { sectionFile } from "./sections/sections.ts";
import { STYLES, styleFile } from "./style.ts";
import { type Brief, understand } from "./understand.ts";

/** The first prompt: what it says, and then the table that it brings. */
export function* createFirst(request: PromptRequest): Generator<string> {
  const brief = firstBriefOf(request.text);
  yield* createPage(request, brief);
  const page = new Map([...request.files, ...pageFiles(directedPage(request, brief, 0))]);
  const draft: Draft = { files: new Map(page), request };
  const { said } = takeTable(draft, request.text);
  if (said) yield `\n${said}\n\n`;
  for (const [path, text] of draft.files)
    if (page.get(path) !== text) yield changeOf(path, page.get(path), text);
}

/** Figures of a table are not what a page is about. */
export function firstBriefOf(text: string): Brief {
  return understand(pastedTableIn(text)?.words || text);
}

/** `round` > 0: other directions for a page that exists. */
export function* createPage(request: PromptRequest, asked: Brief, round = 0): Generator<string> {
  const page = directedPage(request, asked, round);
  const { direction, brief } = page;
  yield `Direction: ${direction.name}.\n`;
  yield `${direction.idea[0]?.toUpperCase()}${direction.idea.slice(1)}, for ${brief.name}.`;
  yield round > 0
    ? "\n\n"
    : " I am the built-in designer, not a language model: prices, hours, names and quotes are samples.\n\n";
  yield wholeFile(STYLES, styleFile(page));
  yield wholeFile(SITE, siteFile(page));
  yield* firstScreen(page);
  yield* furtherSections(page);
  yield titleOf(request, brief.name);
}

/** Words first, then the picture beside them, stroke by stroke. */
function* firstScreen(page: Page): Generator<string> {
  const { motifs } = page.brief.subject;
  const hero = sectionFile(page, "Hero");
  yield wholeFile(pathOf("Picture"), pictureOutline(motifs));
  yield wholeFile(pathOf("Hero"), outlineOf(hero));
  yield wholeFile(APP, appFile(["Hero"]));
  yield wholeFile(pathOf("Hero"), hero);
  for (const [path, text] of pictureFiles(page)) yield wholeFile(path, text);
}

function* furtherSections(page: Page): Generator<string> {
  let imported = "Hero";
  let last = "Hero";
  for (const name of page.order) {
    if (name === "Hero") continue;
    const code = sectionFile(page, name);
    // An empty section first: it stands on the page while its content is written.
    yield wholeFile(pathOf(name), outlineOf(code));
    yield addToApp(name, last, imported, page.order);
    imported = name;
    yield wholeFile(pathOf(name), code);
    if (name !== "Banner" && name !== "Nav") last = name;
  }
}

/** One small edit: the import behind the last one, then the element, because the page must run between the two. */
function addToApp(name: string, after: string, imported: string, order: Page["order"]): string {
  const line = (each: string) => `import ${each} from "./components/${each}";`;
  const places: Record<string, [search: string, replacement: string]> = {
    Footer: ["      </main>", "      </main>\n      <Footer />"],
    Banner: ["    <>", "    <>\n      <Banner />"],
    Nav: order.includes("Banner")
      ? ["      <Banner />", "      <Banner />\n      <Nav />"]
      : ["    <>", "    <>\n      <Nav />"],
  };
  const [search, replacement] = places[name] ?? [
    `        <${after} />`,
    `        <${after} />\n        <${name} />`,
  ];
  // Behind a line that stays: put before it, the line itself would be away while the new one is written.
  const withImport = replaceBlock(APP, line(imported), `${line(imported)}\n${line(name)}`);
  return withImport + replaceBlock(APP, search, replacement);
}

function titleOf({ files }: PromptRequest, name: string): string {
  const line = (files.get("/index.html") ?? "").split("\n").find((each) => each.includes("<title>"));
  const title = `    <title>${name}</title>`;
  return line && line !== title ? replaceBlock("/index.html", line, title) : "";
}

/** A component with its outermost element only, so that its lines can be filled in one after another. */
export function outlineOf(code: string): string {
  const name = /export default function (\w+)/.exec(code)?.[1] ?? "Section";
  const open = /return \(\n\s+<(\w+)((?:"[^"]*"|\{[^}]*\}|[^>"{])*)>/.exec(
    code.slice(code.indexOf("export default")),
  );
  if (!open) return code;
  const [, tag = "div", attributes = ""] = open;
  return `export default function ${name}() {\n  return (\n    <${tag}${attributes.replace(/\s+/g, " ")}>\n    </${tag}>\n  );\n}\n`;
}
