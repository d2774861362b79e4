/** The designer's own directions for a prompt, as people read them: what it draws when it is asked, one for each position. */
import type { Direction } from "#lib/project/direction.ts";
import type { PromptRequest } from "#lib/prompt/types.ts";
import { type Page, planPage } from "./plan.ts";
import { understand } from "./understand.ts";

/** So many draws at most: there are only so many directions to find. */
const MOST_DRAWS = 60;
/** Lightness below which a ground is dark, chroma above which it has a colour (OKLCH). */
const DARK = 0.55;
const TINTED = 0.02;

/** As many different ones as there are, up to `count`; the same request gives the same. */
export function pickDirections(request: PromptRequest, count: number): Direction[] {
  const brief = understand(request.text);
  const picked = new Map<string, Direction>();
  for (let draw = 0; draw < MOST_DRAWS && picked.size < count; draw++) {
    const page = planPage(brief, request.seed, draw % count, Math.floor(draw / count));
    if (!picked.has(page.direction.name)) picked.set(page.direction.name, describe(page));
  }
  return [...picked.values()];
}

function describe({ direction, palette, layouts, order }: Page): Direction {
  const { name, idea, display, body, tone } = direction;
  const family = (stack: string) => (stack.split(",")[0] ?? "").replace(/"| Variable/g, "");
  return {
    name,
    idea,
    type: display === body ? family(display) : `${family(display)} over ${family(body)}`,
    palette: groundOf(palette.paper),
    layout: `${layouts.Hero} hero`,
    tone,
    sections: order,
  };
}

function groundOf({ l, c }: Page["palette"]["paper"]): string {
  if (l < DARK) return "dark ground, light ink";
  return c > TINTED ? "tinted ground, dark ink" : "paper white, dark ink";
}
