/** A follow-up → its wishes: "darker, and move the hours to the top" are two. What stands in quotes stays together. */

const VERBS =
  "make|move|add|remove|change|replace|use|put|set|rename|call|delete|drop|give|turn|swap|bring|show|hide|centre|center|track|increase|decrease|let|have";
const SPLIT = new RegExp(
  `\\s*(?:[.;!?\\n]+(?=\\s|$)|,\\s*(?:and\\s+|then\\s+|but\\s+)?|\\s+(?:and|but)\\s+(?=(?:also\\s+)?(?:${VERBS})\\b)|\\s+(?:and\\s+)?then\\s+|\\s+and\\s+(?=(?:a bit |much |more |less |a )?\\w+er\\b(?!\\s+(?:and|with)))|\\s+and\\s+also\\s+)\\s*`,
  "i",
);

export function clausesOf(text: string): string[] {
  const quotes: string[] = [];
  const masked = text.replace(/“[^”]*”|"[^"]*"|‘[^’]*’/g, (quote) => `§${quotes.push(quote) - 1}§`);
  // "9.00" and "1,200" are numbers.
  const parts = masked.replace(/(\d),(\d{3})\b/g, "$1$2").split(SPLIT);
  const whole = parts.map((part) => part.replace(/§(\d+)§/g, (_, index) => quotes[Number(index)] ?? ""));
  return whole.map(polite).filter((part) => /\w/.test(part));
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
