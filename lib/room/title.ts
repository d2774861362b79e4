/** "A landing page for a village bakery, warm, with …" → "Village bakery": what a project is called until someone renames it. */
export function titleOf(prompt: string): string {
  const line = prompt.trim().split(/[\n.!?]/)[0] ?? "";
  const bare = line
    .replace(
      /^(?:please\s+)?(?:(?:can|could) you\s+)?(?:make|build|create|design|write|give)?\s*(?:me\s+)?/i,
      "",
    )
    .replace(
      /^(?:an?|the)?\s*(?:simple|small|modern|new|one-page)?\s*(?:landing\s+page|web\s?site|web\s?page|home\s?page|site|page)\s+(?:for|about|of)\s+/i,
      "",
    )
    .replace(/^(?:an?|the|my|our)\s+/i, "");
  const head = (bare.split(/,|;|:| with | that | which /)[0] ?? "").trim() || line.trim();
  const cut = head.length <= 60 ? head : `${head.slice(0, 58).replace(/\s+\S*$/, "")} …`;
  return cut === "" ? "Untitled page" : cut[0]?.toUpperCase() + cut.slice(1);
}
