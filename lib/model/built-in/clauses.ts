/** A follow-up → its wishes: "darker, and move the hours to the top" are two. What stands in quotes stays together. */
import { SECTION_WORDS } from "./sections/names.ts";

const VERBS =
  "make|move|add|remove|change|replace|use|put|set|rename|call|delete|drop|give|turn|swap|bring|show|hide|centre|center|track|increase|decrease|let|have";
const SPLIT = new RegExp(
  `\\s*(?:[.;!?\\n]+(?=\\s|$)|,\\s*(?:and\\s+|then\\s+|but\\s+)?|\\s+(?:and|but)\\s+(?=(?:also\\s+)?(?:${VERBS})\\b)|\\s+(?:and\\s+)?then\\s+|\\s+and\\s+(?=(?:a bit |much |more |less |a )?(?!newsletter|footer|banner|header)\\w+er\\b(?!\\s+(?:and|with)))|\\s+and\\s+also\\s+)\\s*`,
  "i",
);

export function clausesOf(text: string): string[] {
  const quotes: string[] = [];
  const masked = text.replace(/“[^”]*”|"[^"]*"|‘[^’]*’/g, (quote) => `§${quotes.push(quote) - 1}§`);
  // "9.00" and "1,200" are numbers.
  const parts = masked.replace(/(\d),(\d{3})\b/g, "$1$2").split(SPLIT);
  const whole = parts.map((part) => part.replace(/§(\d+)§/g, (_, index) => quotes[Number(index)] ?? ""));
  return carried(whole.map(polite).filter((part) => /\w/.test(part)));
}

const LISTED = /^(add|include|insert|remove|delete|drop|hide)\b/i;

/** "Add a map, a newsletter and the team" is three wishes: the verb holds for all of the list. */
function carried(parts: readonly string[]): string[] {
  let verb: string | null = null;
  return parts.flatMap((part) => {
    const own: string | undefined = LISTED.exec(part)?.[1];
    const isNext =
      verb !== null && own === undefined && /^(?:an?|the|our|some|\w+)\b/i.test(part) && isSections(part);
    verb = own ?? (isNext ? verb : null);
    const whole = own || !isNext ? part : `${verb} ${part}`;
    const items = whole.split(/\s+and\s+/i);
    const isList = verb !== null && items.length > 1 && items.every(isSections) && !/[“"‘]/.test(whole);
    return isList ? items.map((item, index) => (index === 0 ? item : `${verb} ${item}`)) : [whole];
  });
}

const ASKS = new RegExp(`^(?:${VERBS})\\b|^(?:a bit |much |more |less )?\\w+er\\b`, "i");
/** Sections whose names look like comparatives. */
const NOUNS = /\b(?:footer|banner|newsletter|header)s?\b/gi;

/** Names a section and asks for nothing else. */
function isSections(part: string): boolean {
  const rest = part.replace(LISTED, "").trim();
  return (
    !ASKS.test(rest.replace(NOUNS, "")) && Object.values(SECTION_WORDS).some((words) => words.test(rest))
  );
}

/** Words around a wish that change nothing about it. */
function polite(part: string): string {
  return part
    .trim()
    .replace(
      /^(?:(?:please|ok(?:ay)?|now|so|also|and|hey|hi|hmm|well|great|nice|good|thanks?|thank you)\s+)+/i,
      "",
    )
    .replace(
      /^(?:(?:can|could|would|will) you\s+(?:please\s+)?|i(?:['’]d| would) (?:like|love|prefer)(?: it if you)?\s+|let['’]?s\s+|maybe\s+|perhaps\s+)/i,
      "",
    )
    .replace(/\s+(?:please|thanks?|thank you)$/i, "")
    .trim();
}
