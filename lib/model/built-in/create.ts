/** The first prompt → a whole page, written so that it is on screen early and grows section by section. */
import type { PromptRequest } from "#lib/prompt/types.ts";
import { replaceBlock, wholeFile } from "./answer.ts";
import { appFile, planPage, sectionFile, siteFile, styleFile } from "./compose.ts";
import { understand } from "./understand.ts";

/** `turn` > 0: other directions for a page that exists. */
export function* createPage(request: PromptRequest, prompt: string, turn = 0): Generator<string> {
  const brief = understand(prompt);
  const page = planPage(brief, request.seed, request.position, turn);
  const { direction, look, order } = page;
  yield `Direction: ${direction.name}.\n`;
  yield `${direction.idea[0]?.toUpperCase()}${direction.idea.slice(1)}, for ${brief.name}.`;
  yield turn > 0
    ? "\n\n"
    : " I am the built-in designer, not a language model: prices, hours and quotes are samples.\n\n";
  yield wholeFile("/src/index.css", styleFile(brief, page));
  yield wholeFile("/src/site.ts", siteFile(brief));
  const hero = sectionFile("Hero", brief, look);
  const nav = sectionFile("Nav", brief, look);
  yield wholeFile("/src/components/Hero.tsx", outlineOf(hero));
  yield wholeFile("/src/components/Nav.tsx", outlineOf(nav));
  yield wholeFile("/src/App.tsx", appFile(["Nav", "Hero"]));
  yield wholeFile("/src/components/Hero.tsx", hero);
  yield wholeFile("/src/components/Nav.tsx", nav);
  const later = order.filter((name) => name !== "Nav" && name !== "Hero");
  let last = "Hero";
  for (const name of later) {
    const code = sectionFile(name, brief, look);
    // An empty section first: it stands on the page while its content is written.
    yield wholeFile(`/src/components/${name}.tsx`, outlineOf(code));
    yield addToApp(name, last);
    yield wholeFile(`/src/components/${name}.tsx`, code);
    if (name !== "Footer") last = name;
  }
  yield titleOf(request, brief.name);
}

/** One small edit: the element, and its import above the first. */
function addToApp(name: string, after: string): string {
  const element =
    name === "Footer"
      ? replaceBlock("/src/App.tsx", "      </main>", "      </main>\n      <Footer />")
      : replaceBlock("/src/App.tsx", `        <${after} />`, `        <${after} />\n        <${name} />`);
  // The import first: the page must run between the two edits.
  return (
    replaceBlock(
      "/src/App.tsx",
      'import Nav from "./components/Nav";',
      `import Nav from "./components/Nav";\nimport ${name} from "./components/${name}";`,
    ) + element
  );
}

function titleOf({ files }: PromptRequest, name: string): string {
  const line = (files.get("/index.html") ?? "").split("\n").find((each) => each.includes("<title>"));
  const title = `    <title>${name}</title>`;
  return line && line !== title ? replaceBlock("/index.html", line, title) : "";
}

/** A component with its outermost element only, so that its lines can be filled in one after another. */
export function outlineOf(code: string): string {
  const name = /export default function (\w+)/.exec(code)?.[1] ?? "Section";
  const open = /return \(\n(\s+<(\w+)[^\n]*>)\n/.exec(code);
  if (!open) return code;
  return `export default function ${name}() {\n  return (\n${open[1]}\n    </${open[2]}>\n  );\n}\n`;
}
