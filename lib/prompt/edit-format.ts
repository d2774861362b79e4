/**
 * Which form of edits a model is asked for, by the family of its name (models.md §8.3). All forms are accepted whatever was
 * asked; this only asks for what a family gets right most often. Catalogues change, families stay: unknown names get "mixed".
 */

export type EditFormat =
  /** Whole files below about 150 lines, SEARCH/REPLACE above: fast, small and unknown models. */
  | "mixed"
  /** SEARCH/REPLACE for every change of a file that exists. */
  | "search-replace"
  /** The same, with the path inside the fence. */
  | "search-replace-inside"
  /** V4A patches. */
  | "v4a"
  /** Whole files only: a model whose edits failed. */
  | "whole";

const FAMILIES: [RegExp, EditFormat][] = [
  [/\bgpt-?5|\bcodex|\bspark\b/i, "v4a"],
  [/\bclaude|\bglm|\bkimi|\bdeepseek/i, "search-replace"],
  [/\bgemini/i, "search-replace-inside"],
];

export function editFormatOf(modelName: string): EditFormat {
  return FAMILIES.find(([family]) => family.test(modelName))?.[1] ?? "mixed";
}
