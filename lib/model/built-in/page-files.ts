/** A plan → the files of a page. Which of them are written when is create.ts's business. */
import { motifsFile, pictureFile } from "./pictures/picture-files.ts";
import type { Page } from "./plan.ts";
import { sectionFile } from "./sections/sections.ts";
import { STYLES, styleFile } from "./style.ts";

export const APP = "/src/App.tsx";
export const SITE = "/src/site.ts";
export const pathOf = (name: string): string => `/src/components/${name}.tsx`;

export function siteFile({ brief }: Page): string {
  return `/** What the page is called, in one place, and what was asked for. */
export const site = {
  name: ${JSON.stringify(brief.name)},
  about: ${JSON.stringify(brief.about)},
};

// Asked: ${brief.prompt.replace(/\s+/g, " ").slice(0, 400)}
`;
}

/** Banner, navigation and footer stand outside of main. */
export function isOutside(name: string): boolean {
  return name === "Banner" || name === "Nav" || name === "Footer";
}

export function appFile(names: readonly string[]): string {
  // In the order in which they are written: the hero is on screen first.
  const written = [...names].sort((one, other) => Number(other === "Hero") - Number(one === "Hero"));
  const imports = written.map((name) => `import ${name} from "./components/${name}";`);
  const main = names.filter((name) => !isOutside(name)).map((name) => `        <${name} />\n`);
  const above = names
    .filter((name) => name === "Banner" || name === "Nav")
    .map((name) => `      <${name} />\n`);
  return `${imports.join("\n")}

export default function App() {
  return (
    <>
${above.join("")}      <main>
${main.join("")}      </main>
${names.includes("Footer") ? "      <Footer />\n" : ""}    </>
  );
}
`;
}

/** The whole page at once: what stands when create.ts is through. */
export function pageFiles(page: Page): Map<string, string> {
  const { motifs } = page.brief.subject;
  return new Map([
    [STYLES, styleFile(page)],
    [SITE, siteFile(page)],
    [pathOf("motifs"), motifsFile(motifs)],
    [pathOf("Picture"), pictureFile(motifs, page.direction)],
    ...page.order.map((name): [string, string] => [pathOf(name), sectionFile(page, name)]),
    [APP, appFile(page.order)],
  ]);
}
