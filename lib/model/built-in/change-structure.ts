/** Sections: added, removed, moved; and how many columns they have. Found by their element in App.tsx. */

import type { Draft } from "./change.ts";
import { sectionFile } from "./compose.ts";
import { groups } from "./directions.ts";
import { SECTION_WORDS, understand } from "./understand.ts";

const APP = "/src/App.tsx";

export function applyStructure(draft: Draft, clause: string): string | null {
  if (/\b(?:two|three|2|3|four|4)[- ]columns?\b/i.test(clause)) return setColumns(draft, clause);
  const section = sectionIn(clause);
  if (!section) return null;
  if (/\b(?:remove|delete|drop|without|hide|no)\b/i.test(clause)) return remove(draft, section);
  if (/\b(?:move|put|bring|place|pull|shift)\b/i.test(clause) && has(draft, section))
    return move(draft, section, clause);
  if (/\b(?:add|include|insert|need|want|give|with|put|show)\b/i.test(clause))
    return add(draft, section, clause);
  return null;
}

type SectionId = keyof typeof SECTION_WORDS;

function sectionIn(clause: string): SectionId | null {
  const found = (Object.keys(SECTION_WORDS) as SectionId[]).map((name) => ({
    name,
    at: clause.search(SECTION_WORDS[name]),
  }));
  return found.filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at)[0]?.name ?? null;
}

function has(draft: Draft, name: string): boolean {
  return elementLine(draft, name) !== null;
}

function elementLine(draft: Draft, name: string): string | null {
  const app = draft.files.get(APP) ?? "";
  return app.split("\n").find((line) => line.trim() === `<${name} />`) ?? null;
}

function remove(draft: Draft, name: string): string | null {
  const element = elementLine(draft, name);
  if (element === null) return `There is no ${labelOf(name)} section to remove.`;
  const lines = (draft.files.get(APP) ?? "").split("\n");
  const kept = lines.filter((line) => line !== element && !new RegExp(`^import ${name} from `).test(line));
  draft.files.set(APP, kept.join("\n"));
  return `Removed ${labelOf(name)}; its file is still there.`;
}

function move(draft: Draft, name: string, clause: string): string | null {
  const element = elementLine(draft, name);
  if (element === null) return null;
  const lines = (draft.files.get(APP) ?? "").split("\n").filter((line) => line !== element);
  const target = targetOf(draft, name, clause);
  const at = lines.findIndex((line) => line.trim() === `<${target.name} />`);
  if (at < 0) return null;
  lines.splice(target.before ? at : at + 1, 0, element);
  draft.files.set(APP, lines.join("\n"));
  return `Moved ${labelOf(name)} ${target.words}.`;
}

function add(draft: Draft, name: SectionId, clause: string): string | null {
  if (has(draft, name)) return `${capital(labelOf(name))} is on the page already.`;
  const app = draft.files.get(APP) ?? "";
  const target = targetOf(
    draft,
    name,
    /\b(?:top|above|before|below|after|under|bottom|end)\b/i.test(clause) ? clause : "before contact",
  );
  const lines = app.split("\n");
  const at = lines.findIndex((line) => line.trim() === `<${target.name} />`);
  const firstImport = lines.findIndex((line) => line.startsWith("import "));
  if (at < 0 || firstImport < 0) return null;
  const brief = understand(draft.firstPrompt);
  const direction = groups.flat()[0];
  const look = {
    layout: "editorial" as const,
    heading: direction?.heading ?? "",
    headline: brief.subject.headlines[0] ?? "",
  };
  draft.files.set(
    `/src/components/${name}.tsx`,
    draft.files.get(`/src/components/${name}.tsx`) ?? sectionFile(name, brief, look),
  );
  const indent = /^\s*/.exec(lines[at] ?? "")?.[0] ?? "";
  lines.splice(target.before ? at : at + 1, 0, `${indent}<${name} />`);
  lines.splice(firstImport, 0, `import ${name} from "./components/${name}";`);
  draft.files.set(APP, lines.join("\n"));
  return `Added ${labelOf(name)} ${target.words}.`;
}

type Target = { name: string; before: boolean; words: string };

/** "to the top" is directly below the first section: a page keeps its headline. */
function targetOf(draft: Draft, name: string, clause: string): Target {
  const elements = [...(draft.files.get(APP) ?? "").matchAll(/<([A-Z]\w*) \/>/g)]
    .map((match) => match[1] ?? "")
    .filter((each) => each !== name);
  const inMain = elements.filter((each) => each !== "Nav" && each !== "Footer");
  const relative = /\b(above|before|below|after|under|beneath|over)\b(.*)$/i.exec(clause);
  const other = relative ? sectionIn(relative[2] ?? "") : null;
  if (relative && other && elements.includes(other)) {
    const before = /above|before|over/i.test(relative[1] ?? "");
    return { name: other, before, words: `${before ? "above" : "below"} ${labelOf(other)}` };
  }
  if (/\b(?:bottom|end|last|down)\b/i.test(clause))
    return { name: inMain.at(-1) ?? "", before: false, words: "to the end" };
  if (/\b(?:top|first|up|higher|start|beginning)\b/i.test(clause))
    return { name: inMain[0] ?? "", before: false, words: "to the top, below the headline" };
  return {
    name: inMain.includes("Contact") ? "Contact" : (inMain.at(-1) ?? ""),
    before: inMain.includes("Contact"),
    words: "before the end",
  };
}

function setColumns(draft: Draft, clause: string): string | null {
  const count = /\b(?:two|2)\b/i.test(clause) ? 2 : /\b(?:four|4)\b/i.test(clause) ? 4 : 3;
  const asked = sectionIn(clause);
  const paths = asked
    ? [`/src/components/${asked}.tsx`]
    : ["/src/components/Gallery.tsx", "/src/components/Features.tsx", "/src/components/Pricing.tsx"];
  let changed = 0;
  for (const path of paths) {
    const text = draft.files.get(path);
    const next = text?.replace(/\b((?:sm|md|lg):)?grid-cols-\d\b/, `md:grid-cols-${count}`);
    if (!text || !next || next === text) continue;
    draft.files.set(path, next);
    changed++;
  }
  return changed > 0 ? `${capital(asked ? labelOf(asked) : "The lists")} in ${count} columns.` : null;
}

const LABELS: Record<string, string> = {
  Hours: "the opening hours",
  Faq: "the questions",
  Pricing: "the prices",
  Testimonials: "the quotes",
  Features: "the features",
  Gallery: "the gallery",
  Contact: "the contact form",
  Nav: "the navigation",
  Hero: "the top section",
  Footer: "the footer",
};

function labelOf(name: string): string {
  return LABELS[name] ?? name;
}

function capital(text: string): string {
  return (text[0]?.toUpperCase() ?? "") + text.slice(1);
}
