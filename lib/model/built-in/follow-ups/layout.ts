/** How sections are laid out: another layout of ours, columns, alignment, the side of a picture. */
import { capital } from "../english.ts";
import { pathOf } from "../page-files.ts";
import { LAYOUTS, SECTION_LABELS, type SectionName } from "../sections/names.ts";
import { sectionFile } from "../sections/sections.ts";
import { blockNamed, blocksOf, sectionNamed } from "./blocks.ts";
import { componentsOf, type Draft, planOf, type Rule } from "./draft.ts";
import { ensureKit } from "./kit.ts";

/** Layouts that people ask for by name. */
const NAMED: [section: SectionName, words: RegExp, layout: string][] = [
  ["Pricing", /\btable\b/i, "table"],
  ["Pricing", /\b(?:cards?|boxes|tiles)\b/i, "cards"],
  ["Pricing", /\b(?:list|dotted|menu)\b/i, "leaders"],
  ["Features", /\b(?:cards?|boxes|tiles)\b/i, "cards"],
  ["Features", /\b(?:numbered|list|rows?)\b/i, "list"],
  ["Features", /\b(?:zig-?zag|alternat\w+|side by side)\b/i, "zigzag"],
  ["Gallery", /\b(?:strip|scroll\w*|carousel|slider|film)\b/i, "strip"],
  ["Gallery", /\b(?:mosaic|masonry|one big)\b/i, "mosaic"],
  ["Gallery", /\b(?:three|row|trio)\b/i, "trio"],
  ["Faq", /\b(?:accordion|collaps\w+|fold\w*)\b/i, "accordion"],
  ["Faq", /\b(?:open|all visible|expanded|unfold\w*)\b/i, "open"],
  ["Hours", /\btable\b/i, "table"],
  ["Hours", /\b(?:band|strip|big)\b/i, "band"],
  ["Hours", /\b(?:cards?|board|box)\b/i, "board"],
  ["Steps", /\b(?:timeline|vertical|rail)\b/i, "rail"],
  ["Steps", /\b(?:row|columns|horizontal|side by side)\b/i, "row"],
  ["Testimonials", /\b(?:cards?|three)\b/i, "cards"],
  ["Testimonials", /\b(?:one|big|large|single)\b/i, "large"],
  ["Team", /\blist\b/i, "list"],
  ["Team", /\b(?:portraits?|pictures|faces)\b/i, "portraits"],
  ["Contact", /\b(?:card|box)\b/i, "card"],
  ["Contact", /\bband\b/i, "band"],
  ["Location", /\bmap\b/i, "map"],
];

export const layoutRules: Rule[] = [
  {
    kind: "columns",
    example: "three columns",
    pattern: /\b(?:(?:one|two|three|four|[1-4])[- ]columns?|single column|in (?:two|three|four)s)\b/i,
    apply: (draft, clause) => setColumns(draft, clause),
  },
  {
    kind: "a fixed navigation",
    example: "a sticky navigation",
    pattern: /\b(?:sticky|fixed|stays? (?:at the top|visible|on screen)|always visible|pinned?)\b/i,
    apply: (draft, clause) => (/\b(?:no|not|un|remove)\b/i.test(clause) ? unstick(draft) : stick(draft)),
  },
  {
    kind: "the picture on the other side",
    example: "the picture on the left",
    pattern:
      /\b(?:picture|image|photo|drawing|illustration|art)\b.*\b(?:left|right|other side|first|before|flip|mirror)\b|\b(?:mirror|flip)(?:ed)? (?:the )?(?:hero|layout|picture|image|top|first screen)\b/i,
    apply: (draft, clause) => mirror(draft, clause),
  },
  {
    kind: "centred text",
    example: "centre the headline",
    pattern: /\b(?:cent(?:er|re)(?:ed|d)?|in the middle|middle-aligned)\b/i,
    apply: (draft, clause) => align(draft, clause, true),
  },
  {
    kind: "text on the left",
    example: "headline on the left",
    pattern:
      /\b(?:left[- ]?align(?:ed)?|align(?:ed)?(?: (?:it|the \w+))? (?:to the )?left|flush left|ragged right|(?:text|headline|hero|heading)s? (?:on|to) the left|not cent(?:er|re)d|un-?cent(?:er|re))\b/i,
    apply: (draft, clause) => align(draft, clause, false),
  },
  {
    kind: "wider or narrower page",
    example: "a wider page",
    pattern:
      /\b(?:wider|narrower|full[- ]?width|full[- ]?bleed|edge to edge|broader|slimmer|max(?:imum)? width)\b/i,
    apply: (draft, clause) => setWidth(draft, /\b(?:narrower|slimmer)\b/i.test(clause)),
  },
  {
    kind: "the ground of a section",
    example: "a dark footer",
    pattern: /\b(?:dark(?:er)?|black|inverted|accent(?: colou?r)?|light(?:er)?|tinted|coloured|colored)\b/i,
    apply: (draft, clause) => setGround(draft, clause),
  },
  {
    kind: "a layout by name",
    example: "the prices as cards",
    pattern: /\b(?:as|in|into|like|with|show|make|turn|use|be|a|an|one)\b/i,
    apply: (draft, clause) => namedLayout(draft, clause),
  },
  {
    kind: "another layout",
    example: "another layout for the hero",
    pattern:
      /\b(?:other|another|different|new|alternative|next|change the|rearrange|re-?design|re-?do)\b.*\b(?:layout|arrangement|composition|version|design|look)\b|\b(?:lay ?out|arrange|design|do)\b.*\bdifferently\b|\b(?:rearrange|re-?design|re-?do|redo|try another)\b/i,
    apply: (draft, clause) => nextLayout(draft, clause),
  },
];

function namedLayout(draft: Draft, clause: string): string | null {
  const section = sectionNamed(clause);
  const found = NAMED.find(([name, words]) => name === section && words.test(clause));
  // "Add a map" and "remove the cards" are not about a layout.
  if (!found || /\b(?:add|insert|include|remove|delete|above|below|before|after|move)\b/i.test(clause))
    return null;
  return rewrite(draft, found[0], () => found[2]);
}

function nextLayout(draft: Draft, clause: string): string | null {
  const section = sectionNamed(clause);
  if (!section) return null;
  return rewrite(draft, section, (now, all) => all[(all.indexOf(now) + 1) % all.length] ?? now);
}

/** Ours are written anew in the other layout, unless a person has changed them: then their words would be lost. */
function rewrite(
  draft: Draft,
  name: SectionName,
  choose: (now: string, all: readonly string[]) => string,
): string {
  const page = planOf(draft);
  const path = pathOf(name);
  const source = draft.files.get(path);
  const all: readonly string[] = LAYOUTS[name];
  const sources = all.map((layout) =>
    sectionFile({ ...page, layouts: { ...page.layouts, [name]: layout } }, name),
  );
  if (source === undefined) return `There is no ${name} section of mine on this page to lay out anew.`;
  const at = sources.findIndex((each) => isAlike(each, source));
  if (at < 0)
    return `Somebody has changed ${SECTION_LABELS[name]}, by hand or with a model. I did not write that anew: the words would be lost.`;
  const layout = choose(all[at] ?? "", all);
  const next = sources[all.indexOf(layout)];
  if (next === undefined || layout === all[at])
    return `The layout of ${SECTION_LABELS[name]} is like that already.`;
  draft.files.set(path, keepHeadline(source, next));
  ensureKit(draft, page, next);
  return `${capital(SECTION_LABELS[name])} in another layout.`;
}

/** The same words between tags and in data, whatever follow-ups did to classes and the headline. */
function isAlike(ours: string, source: string): boolean {
  const words = (text: string) =>
    new Set(
      [...text.matchAll(/"([^"\n]{12,})"/g)]
        .map((match) => match[1])
        .filter((each) => !/[-:(]/.test(each ?? "")),
    );
  const [own, there] = [words(ours), words(source)];
  const shape = (text: string) =>
    text
      .replace(/className=(?:"[^"]*"|\{`[^`]*`\}|\{[^}]*\})/g, "")
      .replace(/<h1\b[\s\S]*?<\/h1>/, "")
      .replace(/\s+/g, " ");
  return (
    own.size === there.size && [...own].every((each) => there.has(each)) && shape(ours) === shape(source)
  );
}

function keepHeadline(source: string, next: string): string {
  const headline = /<h1\b[^>]*>([\s\S]*?)<\/h1>/
    .exec(source)?.[1]
    ?.replace(/<[^>]+>/g, "")
    .trim();
  return headline
    ? next.replace(
        /(<h1\b[^>]*>)[\s\S]*?(<\/h1>)/,
        (_, open: string, close: string) => open + headline + close,
      )
    : next;
}

function setColumns(draft: Draft, clause: string): string | null {
  const count = /\b(?:one|1|single)\b/i.test(clause)
    ? 1
    : /\b(?:two|2)s?\b/i.test(clause)
      ? 2
      : /\b(?:four|4)s?\b/i.test(clause)
        ? 4
        : 3;
  const block = blockNamed(blocksOf(draft), clause.replace(/\bcolumns?\b/i, ""));
  const asked = block ? [block.name] : ["Gallery", "Features", "Pricing", "Testimonials", "Steps"];
  let changed = 0;
  for (const [path, text] of componentsOf(draft)) {
    if (!asked.some((name) => path.endsWith(`/${name}.tsx`))) continue;
    const next = text.replace(
      /\b(?:sm:grid-cols-\d )?((?:sm|md|lg):)grid-cols-\d\b/,
      `md:grid-cols-${count}`,
    );
    if (next === text) continue;
    draft.files.set(path, next);
    changed++;
  }
  const what = block ? (SECTION_LABELS[block.name as SectionName] ?? block.name) : "the lists";
  return changed > 0
    ? `${capital(what)} in ${count} ${count === 1 ? "column" : "columns"}.`
    : `I found no grid in ${what} to divide into columns.`;
}

const GROUNDS: [words: RegExp, classes: string, said: string][] = [
  [/\b(?:accent|coloured|colored)\b/i, "bg-accent text-accent-ink", "in the accent colour"],
  [/\b(?:dark(?:er)?|black|inverted)\b/i, "bg-ink text-paper", "on a dark ground"],
  [/\b(?:light(?:er)?|tinted)\b/i, "bg-surface text-ink", "on a light ground"],
];

/** Inside of it no colour is left that was chosen for another ground. */
function setGround(draft: Draft, clause: string): string | null {
  const section = sectionNamed(clause);
  const ground = GROUNDS.find(([words]) => words.test(clause));
  const block = section ? blockNamed(blocksOf(draft), clause) : null;
  const path = block ? pathOf(block.name) : null;
  const text = path ? draft.files.get(path) : undefined;
  if (!ground || !path || !text) return null;
  const isDark = planOf(draft).palette.paper.l < 0.55;
  const classes = isDark && ground[1] === "bg-ink text-paper" ? "bg-surface text-ink" : ground[1];
  const plain = text.replace(
    /\s?(?<![\w:-])(?:text-muted|text-accent|text-paper|text-ink|bg-ink|bg-surface|bg-accent|text-accent-ink|border-line)(?![\w-])/g,
    "",
  );
  const next = plain.replace(
    /<(section|footer|header|aside)\b([^>]*?)className="\s*/,
    `<$1$2className="${classes} `,
  );
  if (next === plain) return null;
  draft.files.set(path, next);
  return `${capital(SECTION_LABELS[section as SectionName])} ${ground[2]}.`;
}

function stick(draft: Draft): string {
  return changeFirst(
    draft,
    /<header\b[^>]*className="/,
    (tag) => `${tag}sticky top-0 z-20 bg-paper `,
    (text) => /<header\b[^>]*className="[^"]*\bsticky\b/.test(text),
  )
    ? "The navigation stays at the top now."
    : "I found no <header> with classes that is not fixed already.";
}

function unstick(draft: Draft): string {
  return changeFirst(
    draft,
    /<header\b[^>]*className="[^"]*"/,
    (tag) => tag.replace(/\b(?:sticky|fixed|top-0|z-\d+)\s?/g, ""),
    () => false,
  )
    ? "The navigation scrolls away now."
    : "I found no fixed navigation.";
}

function mirror(draft: Draft, clause: string): string | null {
  const path = draft.files.has(pathOf("Hero"))
    ? pathOf("Hero")
    : componentsOf(draft).find(([, text]) => /<h1\b/.test(text))?.[0];
  const text = path ? draft.files.get(path) : undefined;
  if (!path || !text) return "I found no section with the headline.";
  if (/\bmd:\[direction:rtl\]/.test(text)) {
    draft.files.set(path, text.replace(/ md:\[direction:rtl\] md:\*:\[direction:ltr\]/, ""));
    return "The picture is on its first side again.";
  }
  const next = text.replace(
    /className="([^"]*\bgrid\b[^"]*\b(?:md|lg):grid-cols-[^"\s]+)/,
    'className="$1 md:[direction:rtl] md:*:[direction:ltr]',
  );
  if (next === text)
    return `The first screen has no picture beside its text${/\bleft|right\b/i.test(clause) ? "" : " that could change sides"}. Try “another layout for the hero”.`;
  draft.files.set(path, next);
  return "The picture has changed sides.";
}

function align(draft: Draft, clause: string, centred: boolean): string | null {
  const named = blockNamed(blocksOf(draft), clause);
  const path =
    named && draft.files.has(pathOf(named.name))
      ? pathOf(named.name)
      : componentsOf(draft).find(([, text]) => /<h1\b/.test(text))?.[0];
  const text = path ? draft.files.get(path) : undefined;
  if (!path || !text) return null;
  const next = centred
    ? text.replace(
        /<section\b([^>]*className="(?![^"]*text-center))/,
        "<section$1text-center *:mx-auto [&_.lead]:mx-auto [&_p]:mx-auto ",
      )
    : text.replace(
        /\b(?:text-center|mx-auto|\*:mx-auto|\[&_\.lead\]:mx-auto|\[&_p\]:mx-auto|justify-center)\s?/g,
        "",
      );
  if (next === text) return centred ? "It is centred already." : "It stands on the left already.";
  draft.files.set(path, next);
  return centred ? "Centred." : "On the left.";
}

function setWidth(draft: Draft, narrower: boolean): string {
  const path = "/src/index.css";
  const text = draft.files.get(path) ?? "";
  const next = text.replace(
    /(\.wrap\s*\{[^}]*?max-width:\s*)([\d.]+)rem/,
    (_, head: string, now: string) => `${head}${Math.round(Number(now) * (narrower ? 0.84 : 1.2))}rem`,
  );
  if (next === text) return "I found no measure to change (a .wrap class with a max-width).";
  draft.files.set(path, next);
  return narrower ? "A narrower page." : "A wider page.";
}

function changeFirst(
  draft: Draft,
  pattern: RegExp,
  change: (tag: string) => string,
  isDone: (text: string) => boolean,
): boolean {
  for (const [path, text] of componentsOf(draft)) {
    if (isDone(text)) return false;
    const next = text.replace(pattern, change);
    if (next === text) continue;
    draft.files.set(path, next);
    return true;
  }
  return false;
}
