/** A brief and a direction → the files of a page, in an order in which the page runs after each of them. */
import { css } from "./colour.ts";
import { type Direction, groups, type Layout, paletteOf } from "./directions.ts";
import { type Random, randomOf } from "./random.ts";
import { type Look, sections } from "./sections.ts";
import { type Brief, SECTION_NAMES, type SectionName } from "./understand.ts";

export type Page = { direction: Direction; look: Look; order: string[] };

const ORDERS: Record<Layout, SectionName[]> = {
  editorial: ["Features", "Gallery", "Pricing", "Hours", "Faq", "Contact"],
  broadsheet: ["Hours", "Features", "Pricing", "Testimonials", "Contact"],
  poster: ["Pricing", "Features", "Hours", "Faq", "Contact"],
  block: ["Gallery", "Features", "Pricing", "Hours", "Contact"],
  slip: ["Pricing", "Hours", "Features", "Contact"],
  index: ["Features", "Pricing", "Faq", "Hours", "Contact"],
};

/** `turn` moves on to other directions for "three other directions". */
export function planPage(brief: Brief, seed: string, position: number, turn = 0): Page {
  const random = randomOf(seed, "page", turn);
  const shift = random.below(groups.length);
  const group = groups[(position + shift + turn) % groups.length] as Direction[];
  const direction = group[(random.below(group.length) + turn) % group.length] as Direction;
  const headline = headlineOf(brief, position, random);
  return {
    direction,
    look: { layout: direction.layout, heading: direction.heading, headline },
    order: orderOf(brief, direction.layout),
  };
}

/** Each position says it in other words. */
function headlineOf({ subject }: Brief, position: number, random: Random): string {
  const start = random.below(subject.headlines.length);
  return subject.headlines[(start + position) % subject.headlines.length] as string;
}

/** What was asked for is on the page, whatever the layout would leave out. */
function orderOf(brief: Brief, layout: Layout): string[] {
  const order: string[] = [...ORDERS[layout]];
  for (const name of SECTION_NAMES)
    if (brief.wants.has(name) && !order.includes(name)) order.splice(-1, 0, name);
  return ["Nav", "Hero", ...order, "Footer"];
}

export function siteFile({ name, subject }: Brief): string {
  return `/** What the page is called, in one place. */\nexport const site = { name: ${JSON.stringify(name)}, kind: ${JSON.stringify(subject.noun)} };\n`;
}

export function styleFile(brief: Brief, { direction }: Page): string {
  const { paper, ink, muted, line, accent, accentInk } = paletteOf(direction, brief.subject.hue);
  return `@import "tailwindcss";

@theme {
  --font-display: ${direction.display};
  --font-body: ${direction.body};
  --color-paper: ${css(paper)};
  --color-ink: ${css(ink)};
  --color-muted: ${css(muted)};
  --color-line: ${css(line)};
  --color-accent: ${css(accent)};
  --color-accent-ink: ${css(accentInk)};
}

:root {
  --radius-card: ${direction.radius};
  --space-section: ${direction.space};
  --text-size: 100%;
  color-scheme: ${direction.dark ? "dark" : "light"};
}

@layer base {
  html {
    font-size: var(--text-size);
    scroll-behavior: smooth;
  }
  body {
    background: var(--color-paper);
    color: var(--color-ink);
    font-family: var(--font-body);
    line-height: 1.55;
  }
  :focus-visible {
    outline: 2px solid currentColor;
    outline-offset: 3px;
  }
}

@layer components {
  .button {
    display: inline-block;
    padding: 0.75rem 1.25rem;
    border-radius: var(--radius-card);
    background: var(--color-accent);
    color: var(--color-accent-ink);
    font-weight: 500;
  }
  .button:hover {
    filter: brightness(0.93);
  }
  .field {
    width: 100%;
    padding: 0.6rem 0.75rem;
    border: 1px solid currentColor;
    border-radius: var(--radius-card);
    background: transparent;
  }
}
`;
}

export function sectionFile(name: string, brief: Brief, look: Look): string {
  const write = sections[name];
  if (!write) throw new RangeError(`there is no section "${name}"`);
  return write(brief, look);
}

export function appFile(names: string[]): string {
  const imports = [...names].sort().map((name) => `import ${name} from "./components/${name}";`);
  const outside = (name: string) => name === "Nav" || name === "Footer";
  const main = names.filter((name) => !outside(name)).map((name) => `        <${name} />`);
  return `${imports.join("\n")}

export default function App() {
  return (
    <>
${names.includes("Nav") ? "      <Nav />\n" : ""}      <main>
${main.join("\n")}
      </main>
${names.includes("Footer") ? "      <Footer />\n" : ""}    </>
  );
}
`;
}
