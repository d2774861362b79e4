/** Text that a model or its transport escaped once too often: entities of HTML, backslashes doubled (edits.md §4, tier 8). */

export type Undo = (line: string) => string[];

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", "#39": "'" };
const ENTITY = /&(lt|gt|amp|quot|apos|#39);/g;
const ESCAPE = /\\([nrt"'\\])/g;
const ESCAPED: Record<string, string> = { n: "\n", r: "", t: "\t", '"': '"', "'": "'", "\\": "\\" };

/** The ways in which these lines may have been escaped; a line can become several. */
export function undosFor(lines: readonly string[]): Undo[] {
  const undos: Undo[] = [];
  if (lines.some((line) => line.includes("&") && line.search(ENTITY) >= 0)) undos.push(undoEntities);
  if (lines.some((line) => line.includes("\\") && line.search(ESCAPE) >= 0)) undos.push(undoBackslashes);
  return undos;
}

function undoEntities(line: string): string[] {
  return [line.replace(ENTITY, (_whole, name: string) => ENTITIES[name] ?? "")];
}

function undoBackslashes(line: string): string[] {
  return line.replace(ESCAPE, (_whole, letter: string) => ESCAPED[letter] ?? "").split("\n");
}
