/** The designer's own directions for a prompt, as people read them: what it draws when it is asked, one for each position. */
import type { Direction } from "#lib/project/direction.ts";
import type { PromptRequest } from "#lib/prompt/types.ts";
import { describePage } from "./directed.ts";
import { planPage } from "./plan.ts";
import { understand } from "./understand.ts";

/** After so many rounds every direction was drawn. */
const MOST_ROUNDS = 8;

/** As many different ones as there are, up to `count`; the same request gives the same. */
export function pickDirections(request: PromptRequest, count: number): Direction[] {
  const brief = understand(request.text);
  const picked = new Map<string, Direction>();
  for (let round = 0; round < MOST_ROUNDS && picked.size < count; round++)
    for (let position = 0; position < request.variantCount && picked.size < count; position++) {
      const page = planPage(brief, request.seed, position, round);
      if (!picked.has(page.direction.name)) picked.set(page.direction.name, describePage(page));
    }
  return [...picked.values()];
}
