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
  yield wholeFile("/src/components/Hero.tsx", sectionFile("Hero", brief, look));
  yield wholeFile("/src/components/Nav.tsx", sectionFile("Nav", brief, look));
  yield wholeFile("/src/App.tsx", appFile(["Nav", "Hero"]));
  const later = order.filter((name) => name !== "Nav" && name !== "Hero");
  let last = "Hero";
  for (const name of later) {
    yield wholeFile(`/src/components/${name}.tsx`, sectionFile(name, brief, look));
    yield addToApp(name, last);
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
