/** How a file is scanned. "text" has no structure: every place is as good as another. */
export type Language = "tsx" | "ts" | "css" | "json" | "text";

export function languageOf(path: string): Language {
  // In .ts files "<T>" is a type parameter, in .js files it may be a tag.
  if (/\.[cm]?ts$/.test(path)) return "ts";
  if (/\.(?:tsx|jsx|[cm]?js)$/.test(path)) return "tsx";
  if (path.endsWith(".css")) return "css";
  return path.endsWith(".json") ? "json" : "text";
}
