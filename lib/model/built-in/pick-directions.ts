/** The designer's own directions for a prompt, as people read them: what it draws when it is asked, one for each position. */
import type { Direction } from "#lib/project/direction.ts";
import type { PromptRequest } from "#lib/prompt/types.ts";
import { planPage } from "./compose.ts";
import type { Direction as Drawn } from "./directions.ts";
import { understand } from "./understand.ts";

/** So many draws at most: there are only so many directions to find. */
const MOST_DRAWS = 60;

/** As many different ones as there are, up to `count`; the same request gives the same. */
export function pickDirections(request: PromptRequest, count: number): Direction[] {
  const brief = understand(request.text);
  const picked = new Map<string, Direction>();
  for (let draw = 0; draw < MOST_DRAWS && picked.size < count; draw++) {
    const turn = Math.floor(draw / count);
    const page = planPage(brief, request.seed, draw % count, turn);
    if (!picked.has(page.direction.name)) picked.set(page.direction.name, describe(page));
  }
  return [...picked.values()];
}

function describe({ direction, order }: { direction: Drawn; order: string[] }): Direction {
  const { name, idea, display, body, dark, layout, tint } = direction;
  const family = (stack: string) => (stack.split(",")[0] ?? "").replace(/"| Variable/g, "");
  const ground = dark
    ? "dark ground, light ink"
    : tint > 0.02
      ? "tinted ground, dark ink"
      : "paper white, dark ink";
  return {
    name,
    idea,
    type: display === body ? family(display) : `${family(display)} over ${family(body)}`,
    palette: ground,
    layout,
    tone: "plain",
    sections: order,
  };
}
