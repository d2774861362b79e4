/**
 * A project's files as a model reads them: in full while they fit, the ones that matter first, the rest as an outline. Files
 * that no turn has changed come first and the ones changed last come last, so that what a provider has cached stays a prefix.
 */
import type { Files } from "#lib/project/files.ts";
import { estimateTokens } from "./estimate.ts";
import type { PromptRequest } from "./types.ts";

/** Files that a page is not made of: named, not shown. */
export const PLUMBING: ReadonlySet<string> = new Set([
  "/package.json",
  "/tsconfig.json",
  "/vite.config.ts",
  "/src/main.tsx",
  "/index.html",
]);

const ALWAYS = ["/src/App.tsx", "/src/index.css"];

export function describeFiles(
  { files, text, changedAt = new Map() }: Pick<PromptRequest, "files" | "text" | "changedAt">,
  budgetTokens: number,
): string {
  const paths = [...files.keys()].filter((path) => !PLUMBING.has(path));
  const shown = pathsThatFit(paths, files, text, changedAt, budgetTokens);
  const age = (path: string) => changedAt.get(path) ?? -1;
  const ordered = paths.sort((one, other) => age(one) - age(other) || (one < other ? -1 : 1));
  const parts = ordered.map((path) => {
    const source = files.get(path) ?? "";
    return shown.has(path) ? fenced(path, source) : outlined(path, source);
  });
  return `# The files now\n${parts.join("\n\n")}`;
}

/** By what matters: files the prompt names, the two every page hangs on, what was changed last, then by path. */
function pathsThatFit(
  paths: string[],
  files: Files,
  text: string,
  changedAt: ReadonlyMap<string, number>,
  budgetTokens: number,
): Set<string> {
  const rank = (path: string) => (isNamed(path, text) ? 0 : ALWAYS.includes(path) ? 1 : 2);
  const byWeight = [...paths].sort(
    (one, other) =>
      rank(one) - rank(other) ||
      (changedAt.get(other) ?? -1) - (changedAt.get(one) ?? -1) ||
      (one < other ? -1 : 1),
  );
  const shown = new Set<string>();
  let left = budgetTokens;
  for (const path of byWeight) {
    const tokens = estimateTokens(files.get(path) ?? "");
    if (tokens > left) continue;
    left -= tokens;
    shown.add(path);
  }
  return shown;
}

/** "the pricing section", "Hero.tsx": a file whose name stands in the prompt as a word. */
export function isNamed(path: string, text: string): boolean {
  const name = (path.split("/").at(-1) ?? "").replace(/\.\w+$/, "");
  return name.length > 2 && new RegExp(`\\b${escapeRegExp(name)}\\b`, "i").test(text);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** A fence longer than any inside, so that the file cannot close it. */
export function fenced(path: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${path}\n${fence}\n${text}${text.endsWith("\n") ? "" : "\n"}${fence}`;
}

function outlined(path: string, text: string): string {
  const headings = [...text.matchAll(/<h[1-6][^>]*>\s*([^<{]{2,60})/g)].map((match) => match[1]?.trim());
  const props = /\(\s*\{([^}]{1,200})\}\s*:/.exec(text)?.[1]?.replace(/\s+/g, " ").trim();
  const facts = [
    `${text.split("\n").length} lines`,
    `exports ${exportsOf(text)}`,
    ...(props ? [`props ${props}`] : []),
    ...(headings.length > 0 ? [`headings ${headings.slice(0, 8).join(" | ")}`] : []),
  ];
  return `${path} (${facts.join(", ")})`;
}

function exportsOf(text: string): string {
  const names = [
    ...text.matchAll(
      /^export\s+(?:default\s+)?(?:async\s+)?(?:function|const|class|type|interface)\s+(\w+)/gm,
    ),
  ];
  return names.map((match) => match[1]).join(", ") || "nothing";
}
