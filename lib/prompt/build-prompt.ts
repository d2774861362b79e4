/**
 * A request → the messages a language model gets, in the order that lets provider caches hit: what is the same for everyone,
 * then the files, then the conversation, then the prompt, last what differs per variant (models.md §8.1).
 */

import { dependenciesOf, PACKAGE_JSON } from "#lib/project/dependencies.ts";
import type { Files } from "#lib/project/files.ts";
import { isExactVersion, isPackageName } from "#lib/project/package-names.ts";
import PACKAGES from "#lib/project/packages.json";
import type { Message, Prompt, PromptRequest } from "./types.ts";

/** Estimated at 3.6 bytes a token; files beyond the budget are told as an outline. */
const INPUT_BUDGET_CHARS = 24_000 * 3.6;
const OUTPUT_TOKENS = { create: 16_000, change: 8_000 } as const;
const HISTORY_TURNS = 8;
/** Files that a page is not made of: named, not shown. */
const PLUMBING = new Set([
  "/package.json",
  "/tsconfig.json",
  "/vite.config.ts",
  "/src/main.tsx",
  "/index.html",
]);

/** Packages that every project has. */
const OFFERED = new Set(["react", "react-dom", "clsx", "tailwind-merge", ...Object.keys(PACKAGES)]);

const INSTRUCTIONS = `You edit one web page: a Vite project with React 19, TypeScript and Tailwind CSS v4. Your answer is applied to its files while
you write it, and the page repaints live. Write files in an order in which the page works after each of them.

How to answer
- A new file, or one below about 150 lines: write it whole. One line with its path, then the code in a fence:
/src/components/Hero.tsx
\`\`\`tsx
export default function Hero() {
  return <section>…</section>;
}
\`\`\`
- A small change in a longer file: its path, then one block for each place. SEARCH repeats whole lines exactly as they stand
in the file, few but enough to be unique:
/src/App.tsx
\`\`\`tsx
<<<<<<< SEARCH
      <Hero />
=======
      <Hero />
      <Pricing />
>>>>>>> REPLACE
\`\`\`
- Never leave code out with a comment such as "rest unchanged". Say in one or two sentences what you did; no other prose.

The project
- /src/App.tsx composes sections from /src/components/*.tsx, each with a default export and well below 150 lines.
- Colours, fonts and radii are tokens in /src/index.css (@theme). Use them; change them there.
- Packages: react, react-dom, clsx, tailwind-merge, ${Object.keys(PACKAGES).join(", ")} (and @radix-ui/react-*), and those named as added. No others.
- Fonts without a network: "Instrument Sans Variable", "Instrument Serif", "Geist Variable", "Geist Mono Variable",
"Hanken Grotesk Variable", "Schibsted Grotesk Variable", "Bricolage Grotesque Variable", "Newsreader Variable",
"JetBrains Mono Variable", "Commit Mono", "Inter Variable".
- No images from the network: draw with inline SVG or CSS.
- Accessible: landmarks, one h1, labels, contrast of at least 4.5 : 1, visible focus. Works from 390 to 1280 px.`;

export function buildPrompt(request: PromptRequest): Prompt {
  const shared = [
    describeFiles(request.files),
    describeAdded(request.files),
    describeHistory(request.history),
    `# The prompt\n${request.text}`,
    // Last, because it is all that differs between variants.
    describeVariant(request),
  ];
  const messages: Message[] = [
    { role: "system", content: INSTRUCTIONS },
    { role: "user", content: shared.filter((part) => part !== "").join("\n\n") },
  ];
  return { messages, maxOutputTokens: OUTPUT_TOKENS[request.kind], cacheKey: request.seed, request };
}

function describeFiles(files: Files): string {
  let budget = INPUT_BUDGET_CHARS;
  const parts = [...files.keys()].sort().map((path) => {
    const text = files.get(path) ?? "";
    if (PLUMBING.has(path)) return `${path} (present, usually left alone)`;
    budget -= text.length;
    return budget < 0
      ? `${path} (${text.split("\n").length} lines, exports ${outline(text)})`
      : fenced(path, text);
  });
  return `# The files now\n${parts.join("\n\n")}`;
}

/** Packages that a person added to this project. Only names and versions: the file's other text is anyone's. */
function describeAdded(files: Files): string {
  const added = [...dependenciesOf(files.get(PACKAGE_JSON) ?? null)].filter(
    ([name, version]) => !OFFERED.has(name) && isPackageName(name) && isExactVersion(version),
  );
  return added.length === 0 ? "" : `# Added packages\n${added.map((each) => each.join(" ")).join("\n")}`;
}

/** A fence longer than any inside, so that the file cannot close it. */
function fenced(path: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${path}\n${fence}\n${text}${text.endsWith("\n") ? "" : "\n"}${fence}`;
}

function outline(text: string): string {
  const names = [
    ...text.matchAll(
      /^export\s+(?:default\s+)?(?:async\s+)?(?:function|const|class|type|interface)\s+(\w+)/gm,
    ),
  ];
  return names.map((match) => match[1]).join(", ") || "nothing";
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

function describeVariant({ kind, letter, variantCount }: PromptRequest): string {
  if (kind === "change" || variantCount < 2) return `# You write variant ${letter}.`;
  return `# You write variant ${letter} of ${variantCount}. The others are written at the same time from the same prompt: choose an art
direction of your own (type, palette, layout, tone), not the obvious one, and begin your answer with "Direction: <its name>."`;
}
