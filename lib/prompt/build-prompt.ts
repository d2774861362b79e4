/**
 * A request → the messages a language model gets, in the order that lets provider caches hit: what is the same for everyone,
 * then the project's rules, the files, the conversation, the prompt, last what differs per variant (models.md §8.1).
 */
import { dependenciesOf, PACKAGE_JSON } from "#lib/project/dependencies.ts";
import type { Files } from "#lib/project/files.ts";
import { isExactVersion, isPackageName } from "#lib/project/package-names.ts";
import PACKAGES from "#lib/project/packages.json";
import { type Vary, variedParts } from "#lib/project/vary.ts";
import { describeFiles, PLUMBING } from "./describe-files.ts";
import { describeOthers } from "./describe-others.ts";
import { describeDirections, describePlan, describeVariant } from "./describe-variant.ts";
import type { EditFormat } from "./edit-format.ts";
import { estimateTokens } from "./estimate.ts";
import { instructionsFor } from "./instructions.ts";
import { pastedTableIn } from "./pasted-table.ts";
import type { Message, Prompt, PromptRequest } from "./types.ts";

export type PromptOptions = {
  format: EditFormat;
  /** All of the input: instructions, files, conversation and prompt. */
  inputTokens: number;
};

/** Sizes of models.md §8.2. */
export const INPUT_TOKENS = { fast: 24_000, deep: 100_000 } as const;
const OUTPUT_TOKENS = { create: 16_000, change: 4_000 } as const;
/** Whole files make longer answers than edits do: so much of what the files are, at most as much as a first build. */
const WHOLE_FILES_SHARE = 1.2;
const HISTORY_TURNS = 8;
const REPORTED_CHARS = 1_000;

/** Packages that every project has. */
const OFFERED = new Set(["react", "react-dom", "clsx", "tailwind-merge", ...Object.keys(PACKAGES)]);

const DEFAULTS: PromptOptions = { format: "mixed", inputTokens: INPUT_TOKENS.fast };

export function buildPrompt(
  request: PromptRequest,
  { format, inputTokens }: PromptOptions = DEFAULTS,
): Prompt {
  const instructions = instructionsFor(format);
  const rules = describeRules(request.files);
  const conversation = describeHistory(request.history);
  const asked = describeAsked(request);
  // Last, because it is all that differs between variants.
  const variant = describeVariant(request);
  const others = [instructions, rules, conversation, asked, variant].join("\n\n");
  const files = describeFiles(request, Math.max(0, inputTokens - estimateTokens(others)));
  const shared = `${[rules, files, conversation, asked].filter((part) => part !== "").join("\n\n")}\n\n`;
  const messages: Message[] = [
    { role: "system", content: instructions },
    { role: "user", content: `${shared}${variant}` },
  ];
  return {
    messages,
    sharedChars: shared.length,
    maxOutputTokens: outputTokens(request, format),
    cacheKey: request.seed,
    format,
    request,
  };
}

function outputTokens({ kind, files }: PromptRequest, format: EditFormat): number {
  if (kind === "create") return OUTPUT_TOKENS.create;
  const whole = [...files].filter(([path]) => !PLUMBING.has(path)).map(([, text]) => estimateTokens(text));
  const longest = Math.max(0, ...whole);
  const likely =
    format === "whole" ? whole.reduce((sum, each) => sum + each, 0) : format === "mixed" ? longest : 0;
  const wanted = Math.ceil(likely * WHOLE_FILES_SHARE);
  return Math.min(OUTPUT_TOKENS.create, Math.max(OUTPUT_TOKENS.change, wanted));
}

/** What the project is besides its files. Of package.json only names and versions: its other text is anyone's. */
function describeRules(files: Files): string {
  const plumbing = [...PLUMBING].filter((path) => files.has(path)).sort();
  const added = [...dependenciesOf(files.get(PACKAGE_JSON) ?? null)].filter(
    ([name, version]) => !OFFERED.has(name) && isPackageName(name) && isExactVersion(version),
  );
  return [
    plumbing.length > 0 ? `# Present, usually left alone\n${plumbing.join("\n")}` : "",
    added.length > 0 ? `# Added packages\n${added.map((each) => each.join(" ")).join("\n")}` : "",
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function describeHistory(history: PromptRequest["history"]): string {
  if (history.length === 0) return "";
  const lines = history
    .slice(-HISTORY_TURNS)
    .map(({ prompt, result }) => `- ${oneLine(prompt)} → ${oneLine(result)}`);
  return `# Asked before\n${lines.join("\n")}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, 300);
}

function describeAsked(request: PromptRequest): string {
  const { text, vary, reported, plan } = request;
  return [
    `# The prompt\n${withMarkedTable(text)}`,
    describeOthers(request),
    reported ? `<data>\n${reported.replaceAll("</data>", "").slice(0, REPORTED_CHARS)}\n</data>` : "",
    vary ? describeVary(vary) : "",
    describeDirections(request),
    describePlan(plan),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Pasted figures are material: what stands in a cell is no instruction. */
function withMarkedTable(text: string): string {
  const source = pastedTableIn(text)?.source;
  return source
    ? text.replace(source, () => `\n<data>\n${source.replaceAll("</data>", "")}\n</data>\n`)
    : text;
}

const REACH_WORDS: Record<Vary["reach"], string> = {
  refine: "Refine: stay close to the page as it is.",
  explore: "Explore: go clearly away from the page as it is, and keep what it is about.",
  reimagine: "Reimagine: nothing of how the page looks now has to stay.",
};

function describeVary({ parts, reach, locked }: Vary): string {
  const kept = variedParts.filter((part) => !parts.includes(part));
  const lines = [
    REACH_WORDS[reach],
    ...(kept.length > 0
      ? [`May change: ${parts.join(", ") || "nothing else"}. Stays: ${kept.join(", ")}.`]
      : []),
    ...(locked.length > 0 ? [`Locked, changes to them are refused: ${locked.join(", ")}.`] : []),
  ];
  return `# How far\n${lines.join("\n")}`;
}
