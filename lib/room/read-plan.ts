/** A plan while a language model writes it: each direction is handed on as soon as it is whole. */
import type { Driver } from "#lib/model/types.ts";
import type { Direction } from "#lib/project/direction.ts";
import { estimatePrompt, estimateTokens } from "#lib/prompt/estimate.ts";
import { type buildPlan, createPlanReader } from "#lib/prompt/plan.ts";

/** Until `into` has all it wants, or the signal; gives the tokens that it cost, as estimated. */
export async function readPlan(
  driver: Pick<Driver, "model">,
  prompt: ReturnType<typeof buildPlan>,
  signal: AbortSignal,
  into: { take(direction: Direction): void; hasAll(): boolean },
): Promise<number> {
  const reader = createPlanReader();
  let output = "";
  for await (const text of driver.model(prompt, signal)) {
    output += text;
    for (const direction of reader.push(text)) into.take(direction);
    if (signal.aborted || into.hasAll()) break;
  }
  return estimatePrompt(prompt).inputTokens + estimateTokens(output);
}
