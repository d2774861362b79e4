/** The little grammar that copy needs: articles, lists, sentences. */

const SOUNDS_LIKE_CONSONANT = /^(?:uni(?!n|m)|use|user|eu|one\b|once|ubiq|u[- ])/i;
const SOUNDS_LIKE_VOWEL =
  /^(?:hour|honest|honou?r|heir|[aefhilmnorsx][- ]?\d|(?:[FHLMNRSX][A-Z]+|8|11|18)\b)/;

/** "village bakery" → "a village bakery", "hour" → "an hour"; plurals and what has an article stay as they are. */
export function withArticle(phrase: string): string {
  if (/^(?:an?|the|my|our|your|this|some|two|three)\s/i.test(phrase) || isPlural(phrase)) return phrase;
  const vowel =
    SOUNDS_LIKE_VOWEL.test(phrase) || (/^[aeiou]/i.test(phrase) && !SOUNDS_LIKE_CONSONANT.test(phrase));
  return `${vowel ? "an" : "a"} ${phrase}`;
}

/** The head of a noun phrase decides: "evening classes in drawing" is plural, "glass workshop" is not. */
export function isPlural(phrase: string): boolean {
  const head =
    phrase
      .split(/\s+(?:in|on|at|by|near|for|of|from|with|about|who|that)\s+/i)[0]
      ?.split(/\s+/)
      .at(-1) ?? "";
  return (
    /[^suai]s$/i.test(head) &&
    !/(?:glass|business|fitness|wellness|express|press|class|news|chess|series|bus)$/i.test(head)
  );
}

export function listOf(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** First letter large, one full stop at the end. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === ""
    ? ""
    : `${capital(trimmed).replace(/[.!?…]*$/, "")}${/[!?…]$/.test(trimmed) ? trimmed.at(-1) : "."}`;
}

export function capital(text: string): string {
  return text === "" ? text : (text[0]?.toUpperCase() ?? "") + text.slice(1);
}

/** Large first letters for a name, small ones for what only connects. */
export function titled(text: string): string {
  return text
    .split(/\s+/)
    .map((word, index) =>
      index > 0 && /^(?:of|the|and|in|at|by|for|a|an|to)$/i.test(word) ? word.toLowerCase() : capital(word),
    )
    .join(" ");
}
