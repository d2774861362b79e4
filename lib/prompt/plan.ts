/**
 * From one prompt to different art directions, as short JSON that is read while it arrives: the first direction is built
 * while the second one is still being written.
 */
import { type Direction, readDirection } from "#lib/project/direction.ts";
import type { Prompt, PromptRequest } from "./types.ts";

const PLAN_TOKENS = 1_500;

const INSTRUCTIONS = `You plan web pages. From a prompt you make art directions that differ clearly: as if designers who never met had made
them. They differ in layout and section order first, then in type, palette and tone; never only in colour.

Answer with JSON alone, no fence and no prose, one direction after the other:
{"directions":[{"name":"two or three words","idea":"one line","type":"typefaces and how they are set","palette":"ground, ink and accent","layout":"one line","tone":"how the copy speaks","sections":["Nav","Hero","…","Footer"]}]}
Short values: at most twelve words each. Say what is seen, not how good it is.`;

export function buildPlan(request: PromptRequest, count: number): Prompt {
  const content = `# The prompt\n${request.text}\n\nWrite ${count} ${count === 1 ? "direction" : "directions"}.`;
  return {
    messages: [
      { role: "system", content: INSTRUCTIONS },
      { role: "user", content },
    ],
    maxOutputTokens: PLAN_TOKENS,
    cacheKey: `${request.seed}-plan`,
    format: "mixed",
    request,
  };
}

export type PlanReader = {
  /** Directions that became whole with this text. Whatever stands around them is skipped. */
  push(text: string): Direction[];
};

/** Takes every innermost `{…}` that reads as a direction: prose, fences and the outer object do not matter. */
export function createPlanReader(): PlanReader {
  let object: string | null = null;
  let inString = false;
  let escaped = false;

  function take(character: string): Direction | null {
    if (!inString && character === "{") {
      object = "{";
      return null;
    }
    if (object === null) return null;
    object += character;
    if (inString) {
      if (escaped) escaped = false;
      else if (character === "\\") escaped = true;
      else if (character === '"') inString = false;
      return null;
    }
    if (character === '"') inString = true;
    if (character !== "}") return null;
    const whole = object;
    object = null;
    return parse(whole);
  }

  return {
    push: (text) => [...text].flatMap((character) => take(character) ?? []),
  };
}

function parse(text: string): Direction | null {
  try {
    return readDirection(JSON.parse(text));
  } catch {
    // Not a direction: the model wrote something else between braces.
    return null;
  }
}
