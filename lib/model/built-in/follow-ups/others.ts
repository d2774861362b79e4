/** "Like B's hero": a section, the colours or the type of another variant, as they are there now. */
import type { Files } from "#lib/project/files.ts";
import { lettersMentioned } from "#lib/prompt/mentions.ts";
import { pathOf } from "../page-files.ts";
import { SECTION_LABELS, type SectionName } from "../sections/names.ts";
import { STYLES } from "../style.ts";
import { blocksOf, sectionNamed } from "./blocks.ts";
import { type Draft, planOf } from "./draft.ts";
import { ensureKit } from "./kit.ts";
import { addSection } from "./structure.ts";
import { setToken } from "./tokens.ts";

const TAKES = /\b(?:like|as|from|use|take|copy|want|prefer|love|bring|steal|same|with|of|in)\b|['’]s?\b/i;
const LOOKS: [words: RegExp, tokens: RegExp, said: string][] = [
  [/\b(?:colou?rs?|palette)\b/i, /^--color-/, "colours"],
  [/\b(?:fonts?|type(?:faces?)?|typography|letters)\b/i, /^--font-/, "type"],
];

/** Null when a clause speaks of no other variant. */
export function takeFromOther(draft: Draft, clause: string): string | null {
  const [letter] = lettersMentioned(clause);
  if (!letter || !TAKES.test(clause)) return null;
  const { request } = draft;
  if (letter === request.letter) return `This is ${letter}: it stays as it is.`;
  const other = request.others?.find((each) => each.letter === letter);
  if (!other) return `There is no variant ${letter} beside this one to take anything from.`;
  const look = LOOKS.find(([words]) => words.test(clause));
  if (look) return takeLook(draft, other.files, letter, look);
  const section = sectionNamed(clause.replace(/\b[A-H]['’]s?/g, ""));
  if (!section)
    return `Say what of ${letter} it should be: a section (“like ${letter}'s hero”), its colours or its type. Nothing was changed.`;
  return takeSection(draft, other.files, letter, section);
}

function takeSection(draft: Draft, files: Files, letter: string, section: SectionName): string {
  const source = files.get(pathOf(section));
  const label = SECTION_LABELS[section];
  if (!source) return `There is no section in ${letter} that I know as ${label}; nothing was changed.`;
  if (draft.files.get(pathOf(section)) === source) return `In ${letter}, ${label} is as it is here already.`;
  draft.files.set(pathOf(section), source);
  takeImports(draft, files, source);
  ensureKit(draft, planOf(draft), source);
  const isThere = blocksOf(draft).some(({ name }) => name === section);
  const added = isThere ? null : addSection(draft, section);
  return added && !added.startsWith("Added") ? added : `Took ${label} of ${letter}.`;
}

/** What a section needs and this page has not: its own files stay. */
function takeImports(draft: Draft, files: Files, source: string): void {
  for (const [, path = ""] of source.matchAll(/from "(\.{1,2}\/[\w./-]+)"|import "(\.\/[\w./-]+)"/g)) {
    const base = path.startsWith("../") ? `/src/${path.slice(3)}` : `/src/components/${path.slice(2)}`;
    const found = [base, `${base}.tsx`, `${base}.ts`].find((each) => files.has(each));
    if (!found || draft.files.has(found)) continue;
    const text = files.get(found) ?? "";
    draft.files.set(found, text);
    takeImports(draft, files, text);
  }
}

function takeLook(
  draft: Draft,
  files: Files,
  letter: string,
  [, tokens, said]: (typeof LOOKS)[number],
): string {
  const theirs = [...(files.get(STYLES) ?? "").matchAll(/(--[\w-]+)\s*:\s*([^;}]+);/g)];
  const seen = new Set<string>();
  const taken = theirs.filter(([, name = "", value = ""]) => {
    // The first is the page's; a later one belongs to a theme.
    if (!tokens.test(name) || seen.has(name)) return false;
    seen.add(name);
    return setToken(draft, new RegExp(`^${name}$`), value.trim());
  });
  return taken.length > 0
    ? `The ${said} ${said === "type" ? "is" : "are"} those of ${letter} now.`
    : `The style sheets of ${letter} and of this page have no tokens in common for that; nothing was changed.`;
}
