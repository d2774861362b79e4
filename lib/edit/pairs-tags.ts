/** Is each JSX tag closed by its own closer? Files without JSX always pass. */
import { languageOf } from "./language.ts";
import { createScanner } from "./scanner.ts";

export function pairsTags(path: string, text: string): boolean {
  const language = languageOf(path);
  if (language !== "tsx" || !text.includes("</")) return true;
  const scanner = createScanner(language);
  scanner.feed(text);
  return !scanner.hasCrossedTags();
}
