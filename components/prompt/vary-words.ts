import { type Reach, type Vary, variedParts } from "#lib/project/vary.ts";

export const REACH_TITLES: Record<Reach, [title: string, words: string]> = {
  refine: ["Refine", "close to the page as it is"],
  explore: ["Explore", "clearly away from it"],
  reimagine: ["Reimagine", "nothing has to stay"],
};

/** "Refine", "Explore, 2 locked": what the button says when something is chosen. */
export function varyWords(vary: Vary | null): string {
  if (vary === null) return "Vary";
  const [title] = REACH_TITLES[vary.reach];
  const parts = vary.parts.length < variedParts.length ? `: ${vary.parts.join(", ") || "nothing"}` : "";
  const locked = vary.locked.length > 0 ? `, ${vary.locked.length} locked` : "";
  return `${title}${parts}${locked}`;
}
