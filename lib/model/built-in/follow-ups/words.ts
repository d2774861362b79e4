/** Words: headline, button, name, prices, hours, anything replaced by anything. Only what is said is written; nothing is invented. */
import { SITE } from "../page-files.ts";
import { clean } from "../understand.ts";
import { componentsOf, type Draft, planOf, type Rule } from "./draft.ts";

const QUOTED = `(?:“([^”]+)”|"([^"]+)"|‘([^’]+)’|'([^']{2,})'|(.+?))`;
const ONLY_QUOTED = `(?:“([^”]+)”|"([^"]+)"|‘([^’]+)’)`;
const to = (what: string) =>
  new RegExp(
    `\\b(?:${what})\\b.*?\\b(?:to|say|says|said|read|reads|be|is|call it|:)[:\\s]\\s*${QUOTED}\\s*$`,
    "i",
  );

export const wordRules: Rule[] = [
  {
    kind: "replace words",
    example: "replace “x” with “y”",
    pattern: new RegExp(
      `\\b(?:replace|change|swap|exchange)\\s+(?:the (?:words?|text|phrase)\\s+)?${ONLY_QUOTED}\\s+(?:with|by|to|for|into)\\s+${ONLY_QUOTED}\\s*$`,
      "i",
    ),
    apply: (draft, _clause, match) => replaceWords(draft, firstOf(match, 1, 4), firstOf(match, 4, 7)),
  },
  {
    kind: "delete words",
    example: "delete “x”",
    pattern: new RegExp(
      `\\b(?:remove|delete|drop|cut|erase|strike)\\s+(?:the (?:words?|text|phrase|sentence|line)\\s+)?${ONLY_QUOTED}\\s*$`,
      "i",
    ),
    apply: (draft, _clause, match) => replaceWords(draft, firstOf(match, 1, 4), ""),
  },
  {
    kind: "a price",
    example: "the country loaf costs 4.80",
    pattern:
      /\b(?:price of|costs?|for|to cost|is now|to)\b.*?(\d[\d.,]*\s?(?:€|\$|£|eur|a month|a person)?|free)\s*$|[€$£]\s?\d/i,
    apply: (draft, clause) => setPrice(draft, clause),
  },
  {
    kind: "hours of a day",
    example: "open on Monday 9:00 – 13:00",
    pattern: /\b(?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?)\b/i,
    apply: (draft, clause) => setHours(draft, clause),
  },
  {
    kind: "the headline's words",
    example: "change the headline to “…”",
    pattern: to("headline|heading|title|h1|slogan|tagline"),
    apply: (draft, clause, match) => (isAboutLooks(clause) ? null : setHeadline(draft, wordsOf(match))),
  },
  {
    kind: "another headline",
    example: "another headline",
    pattern:
      /\b(?:another|other|different|new|better|next|fresh|change the|rewrite the|alternative)\s+(?:headline|heading|title|slogan|tagline)\b|\b(?:headline|slogan|title)\b.*\b(?:differently|in other words|again)\b/i,
    apply: (draft) => nextHeadline(draft),
  },
  {
    kind: "the intro's words",
    example: "the intro should say “…”",
    pattern: to("intro(?:duction)?|sub ?headline|sub ?title|lead|teaser|first paragraph"),
    apply: (draft, _clause, match) => setIntro(draft, wordsOf(match)),
  },
  {
    kind: "the button's words",
    example: "the button should say “…”",
    pattern: to("buttons?|call to action|cta"),
    apply: (draft, _clause, match) => setButton(draft, wordsOf(match)),
  },
  {
    kind: "the name",
    example: "call it “…”",
    pattern: new RegExp(
      `\\b(?:re-?name|name|call)\\b.*?(?:\\bto\\b|\\bit\\b|\\bus\\b|\\bpage\\b|\\bplace\\b|\\bas\\b|\\bis\\b|\\bbe\\b)[:\\s]\\s*${QUOTED}\\s*$`,
      "i",
    ),
    apply: (draft, _clause, match) => setName(draft, wordsOf(match)),
  },
  {
    kind: "replace words",
    example: "replace x with y",
    pattern: new RegExp(
      `\\b(?:replace|change)\\s+${QUOTED}\\s+(?:with|by|to|for|into)\\s+${QUOTED}\\s*$`,
      "i",
    ),
    apply: (draft, _clause, match) => replaceWords(draft, firstOf(match, 1, 6), firstOf(match, 6, 11)),
  },
];

/** "The headline should be bigger" has no words to write. */
function isAboutLooks(clause: string): boolean {
  const looks =
    /\b(?:big|bigger|small|smaller|large|larger|huge|tiny|bold\w*|thin\w*|serif|sans|mono\w*|caps|capitals|uppercase|cent(?:er|re)d?|left|right|too|more|less|darker|lighter|loud|quiet)\b/i;
  return !/[“"‘]/.test(clause) && looks.test(clause.replace(/\b(?:read|say)s?\b.*$|:.*$/i, ""));
}

function firstOf(match: RegExpExecArray, from: number, end: number): string {
  return clean(match.slice(from, end).find(Boolean) ?? "");
}

/** A full stop ends the wish, unless it stands in quotes. */
function wordsOf(match: RegExpExecArray): string {
  const quoted = match.slice(1, 5).find(Boolean);
  return quoted
    ? clean(quoted)
    : clean(match[5] ?? "")
        .replace(/^(?:say|read|be|just)\s+/i, "")
        .replace(/\.$/, "");
}

function setHeadline(draft: Draft, headline: string): string | null {
  for (const [path, text] of componentsOf(draft)) {
    const found = /<h1\b[^>]*>([\s\S]*?)<\/h1>/.exec(text);
    if (!found) continue;
    // A wrapper around the words keeps its tag.
    const inner = found[1] ?? "";
    const wrapped = /^(\s*<span\b[^>]*>)[\s\S]*(<\/span>\s*)$/.exec(inner);
    const next = wrapped ? `${wrapped[1]}${headline}${wrapped[2]}` : headline;
    draft.files.set(
      path,
      text.replace(found[0], () => found[0].replace(inner, () => next)),
    );
    return `The headline says “${headline}” now.`;
  }
  return "I found no h1 on this page whose words I could change.";
}

function nextHeadline(draft: Draft): string | null {
  const { headlines } = planOf(draft).brief.subject;
  const now = componentsOf(draft)
    .map(([, text]) =>
      /<h1\b[^>]*>([\s\S]*?)<\/h1>/
        .exec(text)?.[1]
        ?.replace(/<[^>]+>/g, "")
        .trim(),
    )
    .find(Boolean);
  return setHeadline(draft, headlines[(headlines.indexOf(now ?? "") + 1) % headlines.length] ?? "");
}

/** The first paragraph behind the headline. */
function setIntro(draft: Draft, words: string): string | null {
  for (const [path, text] of componentsOf(draft)) {
    const at = text.search(/<\/h1>/);
    if (at < 0) continue;
    const rest = text
      .slice(at)
      .replace(/(<p\b[^>]*>)[^<]*?(<\/p>)/, (_, open: string, close: string) => open + words + close);
    if (rest === text.slice(at)) break;
    draft.files.set(path, text.slice(0, at) + rest);
    return "The intro says that now.";
  }
  return "I found no paragraph behind the headline whose words I could change.";
}

function setButton(draft: Draft, label: string): string | null {
  let count = 0;
  for (const [path, text] of componentsOf(draft)) {
    const next = text.replace(
      /(<(a|button)\b(?=[^>]*(?:className="[^"]*\bbutton\b|type="submit"|href="#contact"))(?:[^>"{]|"[^"]*"|\{[^}]*\})*>\s*)([^<{}]+?)(\s*<\/\2>)/g,
      (_, open: string, _tag: string, _old: string, close: string) => {
        count++;
        return open + label + close;
      },
    );
    draft.files.set(path, next);
  }
  return count > 0
    ? `The button says “${label}” now.`
    : "I found no button whose words stand between its tags.";
}

function setName(draft: Draft, name: string): string | null {
  if (name.length > 60 || name.length < 2) return null;
  const site = draft.files.get(SITE);
  const html = draft.files.get("/index.html");
  const hasName = site !== undefined && /name:\s*"((?:[^"\\]|\\.)*)"/.test(site);
  if (!hasName && !html) return null;
  if (hasName)
    draft.files.set(
      SITE,
      site.replace(/name:\s*"(?:[^"\\]|\\.)*"/, () => `name: ${JSON.stringify(name)}`),
    );
  if (html)
    draft.files.set(
      "/index.html",
      html.replace(/<title>[^<]*<\/title>/, () => `<title>${name}</title>`),
    );
  return hasName
    ? `It is called “${name}” now.`
    : `The page's title is “${name}” now; its text names no place that I know of.`;
}

function replaceWords(draft: Draft, from: string, into: string): string | null {
  if (from.length < 2) return null;
  let count = 0;
  for (const [path, text] of [
    ...componentsOf(draft),
    [SITE, draft.files.get(SITE) ?? ""] as const,
    ["/index.html", draft.files.get("/index.html") ?? ""] as const,
  ]) {
    const [before, body] = splitImports(text);
    const parts = body.split(from);
    if (parts.length < 2) continue;
    count += parts.length - 1;
    draft.files.set(path, before + parts.join(into));
  }
  if (count === 0) return `“${from}” does not stand on this page, so nothing was replaced.`;
  const places = `${count} ${count === 1 ? "place" : "places"}`;
  return into === "" ? `Deleted “${from}” in ${places}.` : `Replaced “${from}” with “${into}” in ${places}.`;
}

/** Words of a page never stand in its imports. */
function splitImports(text: string): [imports: string, body: string] {
  const end = [...text.matchAll(/^import .*$/gm)].at(-1);
  const at = end ? (end.index ?? 0) + end[0].length : 0;
  return [text.slice(0, at), text.slice(at)];
}

const ROW = /\{ item: ("(?:[^"\\]|\\.)*"), price: ("(?:[^"\\]|\\.)*") \}/g;

function setPrice(draft: Draft, clause: string): string | null {
  const price = /([€$£]?\s?\d[\d.,]*(?:\s?(?:€|\$|£|eur\b|a month|a person))?|free)\s*$/i
    .exec(clause.trim())?.[1]
    ?.trim();
  if (!price) return null;
  for (const [path, text] of componentsOf(draft))
    for (const [row, item = ""] of text.matchAll(ROW)) {
      const name = JSON.parse(item) as string;
      if (!clause.toLowerCase().includes(name.toLowerCase())) continue;
      draft.files.set(
        path,
        text.replace(row, () => `{ item: ${item}, price: ${JSON.stringify(price)} }`),
      );
      return `${name}: ${price}.`;
    }
  return null;
}

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const DAY_ROW = /^(\s*)\{ day: "([^"]*)", hours: "([^"]*)" \},$/gm;

/** Rows of single days or of "Tuesday to Friday": a day inside of a span gets a row of its own. */
function setHours(draft: Draft, clause: string): string | null {
  const day = DAYS.find((each) => new RegExp(`\\b${each}s?\\b`, "i").test(clause));
  const times =
    /(\d{1,2}(?:[:.]\d{2})?)\s*(?:am|pm)?\s*(?:–|-|to|until|till)\s*(\d{1,2}(?:[:.]\d{2})?)/i.exec(clause);
  const closed = /\bclosed?\b/i.test(clause);
  if (!day || (!times && !closed)) return null;
  const clock = (text: string) =>
    text.includes(":") || text.includes(".") ? text.replace(".", ":") : `${text}:00`;
  const hours = times ? `${clock(times[1] ?? "")} – ${clock(times[2] ?? "")}` : "closed";
  for (const [path, text] of componentsOf(draft)) {
    const rows = [...text.matchAll(DAY_ROW)];
    if (rows.length === 0) continue;
    const name = day[0]?.toUpperCase() + day.slice(1);
    const own = rows.find((row) => row[2]?.toLowerCase() === day);
    const span = rows.find((row) => isWithin(day, row[2] ?? ""));
    const row = own ?? span;
    if (!row) return null;
    const line = `${row[1]}{ day: "${name}", hours: "${hours}" },`;
    draft.files.set(
      path,
      text.replace(row[0], () => (own ? line : `${row[0]}\n${line}`)),
    );
    return `${name}: ${hours}.`;
  }
  return "There are no opening hours on this page to change. “Add the opening hours” brings them.";
}

function isWithin(day: string, label: string): boolean {
  const [from, until] = label
    .toLowerCase()
    .split(/\s+to\s+/)
    .map((each) => DAYS.indexOf(each));
  const at = DAYS.indexOf(day);
  return from !== undefined && until !== undefined && from >= 0 && from <= at && at <= until;
}
