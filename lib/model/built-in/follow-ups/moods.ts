/** Words for a mood → the wishes that make it. */
const MOODS: [words: RegExp, wishes: string[]][] = [
  [
    /\b(?:playful|fun|funny|cheerful|childlike)\b/i,
    ["friendly headings", "rounder corners", "more colourful"],
  ],
  [
    /\b(?:elegant|classy|refined|luxur\w+|premium|sophisticated)\b/i,
    ["elegant headings", "more air", "calmer colours"],
  ],
  [
    /\b(?:serious|professional|formal|business-?like|corporate|trustworthy)\b/i,
    ["sans headings", "sharper corners", "calmer colours"],
  ],
  [/\b(?:technical|nerdy|geeky|developer-?like)\b/i, ["mono headings", "sharper corners"]],
  [
    /\b(?:louder|striking|dramatic|impactful|energetic)\b/i,
    ["bolder headings", "a bigger headline", "more contrast"],
  ],
  [
    /\b(?:minimal\w*|cleaner|simpler|less cluttered|tidier)\b/i,
    ["no shadows", "more air", "a bit calmer colours"],
  ],
  [/\b(?:vintage|retro|nostalgic|old-?fashioned)\b/i, ["soft serif headings", "warmer"]],
];

/** A clause about the whole page's mood becomes several wishes; any other stays itself. */
export function wishesOf(clause: string): string[] {
  const words = clause.replace(/[“"‘][^”"’]*[”"’]/g, "");
  const isAboutPart = /\b(?:headings?|headlines?|fonts?|type|text|copy|pictures?|section|button)\b/i.test(
    words,
  );
  const mood = isAboutPart ? undefined : MOODS.find(([pattern]) => pattern.test(words));
  return mood ? mood[1] : [clause];
}
