/**
 * A direction in people's words ↔ the page that the designer draws for it. What it draws by itself comes back as the same page;
 * what a person changed is honoured where it can be: another direction by its name, colours, and the order of sections.
 */
import type { Direction } from "#lib/project/direction.ts";
import type { PromptRequest } from "#lib/prompt/types.ts";
import { directions } from "./directions.ts";
import { colourWordIn, HUES } from "./hues.ts";
import { type Page, pageOf, planPage } from "./plan.ts";
import { LAYOUTS, type SectionName } from "./sections/names.ts";
import { type Brief, understand } from "./understand.ts";

/** The plan for a request: what is drawn for its place, unless its direction says otherwise. */
export function directedPage(request: PromptRequest, brief: Brief, round: number): Page {
  const { seed, position, direction } = request;
  const drawn = planPage(brief, seed, position, round);
  if (!direction) return drawn;
  const named = directions.find(({ name }) => name.toLowerCase() === direction.name.toLowerCase());
  const { edition } = drawn;
  const own = { seed, position, round, edition: named && named !== drawn.direction ? 0 : edition };
  const page = pageOf(brief, named ?? drawn.direction, own);
  const told = describePage(page);
  const coloured = direction.palette === told.palette ? page : recoloured(page, direction.palette, own);
  const order = direction.sections.join() === told.sections.join() ? null : orderIn(direction.sections);
  return order ? { ...coloured, order } : coloured;
}

/** As people read and edit it. */
export function describePage({ direction, palette, order }: Page): Direction {
  const { name, idea, display, body, tone, layouts } = direction;
  const family = (stack: string) => (stack.split(",")[0] ?? "").replace(/"| Variable/g, "");
  const ground = palette.paper.l < 0.55 ? "dark ground, light ink" : groundOf(palette.paper.c);
  return {
    name,
    idea,
    type: display === body ? family(display) : `${family(display)} over ${family(body)}`,
    palette: ground,
    layout: layouts.Hero ? `${layouts.Hero} hero` : "",
    tone,
    sections: [...order],
  };
}

function groundOf(chroma: number): string {
  if (chroma > 0.05) return "coloured ground, dark ink";
  return chroma > 0.01 ? "tinted ground, dark ink" : "paper white, dark ink";
}

/** Only colours are read from it: "dark green" must not make a bakery a garden centre. */
function recoloured(page: Page, words: string, own: Parameters<typeof pageOf>[2]): Page {
  const { hue: exact, ground } = understand(words);
  const word = colourWordIn(words);
  const hue = exact ?? (word === null ? null : (HUES[word] ?? null));
  const brief = { ...page.brief, hue: hue ?? page.brief.hue, ground: ground ?? page.brief.ground };
  return pageOf(brief, page.direction, own);
}

/** Sections that it knows, in the order given; null when there is no page in it. */
function orderIn(sections: readonly string[]): SectionName[] | null {
  const names = Object.keys(LAYOUTS) as SectionName[];
  const known = sections.flatMap(
    (section) => names.find((name) => name.toLowerCase() === section.toLowerCase()) ?? [],
  );
  const middle = [...new Set(known)].filter((name) => !["Nav", "Hero", "Footer"].includes(name));
  return middle.length === 0 ? null : ["Nav", "Hero", ...middle, "Footer"];
}
