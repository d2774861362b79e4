/** A first prompt → what the page is about and what it must have. */
import { generic, type Subject, subjects } from "./subjects.ts";

export type Brief = {
  subject: Subject;
  name: string;
  place: string | null;
  wants: Set<SectionName>;
  button: string | null;
};

export const SECTION_NAMES = [
  "Features",
  "Gallery",
  "Pricing",
  "Hours",
  "Testimonials",
  "Faq",
  "Contact",
] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

/** What people call a section. */
export const SECTION_WORDS: Record<SectionName | "Nav" | "Hero" | "Footer", RegExp> = {
  Nav: /\b(?:nav(?:igation)?|menu bar|header|top bar)\b/i,
  Hero: /\b(?:hero|headline section|top section|intro)\b/i,
  Features: /\b(?:features?|benefits|services|about|what we do|reasons)\b/i,
  Gallery: /\b(?:gallery|pictures|photos|images|work|projects)\b/i,
  Pricing: /\b(?:pric(?:es?|ing)|costs?|rates|plans|tickets|menu|fees)\b/i,
  Hours:
    /\b(?:(?:opening |open )?(?:hours|times)|location|address|where|directions|map|find us|visit us|programme|schedule)\b/i,
  Testimonials: /\b(?:testimonials?|quotes?|reviews?|voices)\b/i,
  Faq: /\b(?:faqs?|questions)\b/i,
  Contact: /\b(?:contact(?: form)?|order form|booking form|form|call to action|cta|sign[- ]?up)\b/i,
  Footer: /\bfooter\b/i,
};

export function understand(text: string): Brief {
  const scored = subjects
    .map((subject) => ({ subject, at: text.search(subject.words) }))
    .filter(({ at }) => at >= 0);
  const subject = scored.sort((a, b) => a.at - b.at)[0]?.subject ?? generic;
  const named = /\b(?:called|named)\s+["“']?([A-Z][\w&’'-]*(?:\s+(?:&|and|of|the|[A-Z][\w&’'-]*))*)/.exec(
    text,
  )?.[1];
  const place =
    /\b(village|town|city|harbour|island|valley|seaside|riverside|mountain)\b/i
      .exec(text)?.[1]
      ?.toLowerCase() ?? null;
  const wants = new Set(SECTION_NAMES.filter((name) => SECTION_WORDS[name].test(text)));
  const button =
    /\b(order|booking|book|sign[- ]?up|contact|buy|donate|ticket)[\w ]{0,12}button/i.exec(text)?.[1] ?? null;
  return {
    subject,
    name: clean(named ?? nameFor(subject, place)),
    place,
    wants,
    button: button ? buttonWords(button, subject) : null,
  };
}

/** "Village bakery" → the bank's own name with the place, so that the words of the prompt are on the page. */
function nameFor(subject: Subject, place: string | null): string {
  if (!place) return subject.name;
  return `The ${capital(place)} ${capital(subject.noun)}`;
}

function buttonWords(word: string, subject: Subject): string {
  return subject.action.toLowerCase().includes(word.toLowerCase().slice(0, 4))
    ? subject.action
    : `${capital(word.toLowerCase())} now`;
}

/** Copy stands in JSX text: no braces and no angle brackets. */
export function clean(text: string): string {
  return text.replace(/[{}<>]/g, "").trim();
}

export function capital(text: string): string {
  return text === "" ? text : (text[0]?.toUpperCase() ?? "") + text.slice(1);
}
