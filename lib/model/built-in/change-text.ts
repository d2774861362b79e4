/** Exact words: headline, button, name, and anything replaced by anything. */
import type { Draft, Rule } from "./change.ts";
import { clean } from "./understand.ts";

const QUOTED = `(?:“([^”]+)”|"([^"]+)"|‘([^’]+)’|(.+?))`;

const rules: Rule[] = [
  {
    pattern: new RegExp(
      `\\b(?:headline|heading|title|h1)\\b.*?\\b(?:to|say|says|read|reads|be|should be|:)\\s*${QUOTED}\\s*$`,
      "i",
    ),
    apply: (draft, match) => setHeadline(draft, words(match)),
  },
  {
    pattern: new RegExp(`\\bbuttons?\\b.*?\\b(?:to|say|says|read|reads|be|:)\\s*${QUOTED}\\s*$`, "i"),
    apply: (draft, match) => setButton(draft, words(match)),
  },
  {
    pattern: new RegExp(
      `\\b(?:rename|name|call)\\b.*?(?:\\bto\\b|\\bit\\b|\\bpage\\b|\\bplace\\b|\\bas\\b)\\s*${QUOTED}\\s*$`,
      "i",
    ),
    apply: (draft, match) => setName(draft, words(match)),
  },
  {
    pattern: new RegExp(
      `\\b(?:replace|change|swap)\\s+${QUOTED}\\s+(?:with|by|to|for|into)\\s+${QUOTED}\\s*$`,
      "i",
    ),
    apply: (draft, match) =>
      replaceWords(
        draft,
        clean(match.slice(1, 5).find(Boolean) ?? ""),
        clean(match.slice(5, 9).find(Boolean) ?? ""),
      ),
  },
];

export function applyText(draft: Draft, clause: string): string | null {
  for (const rule of rules) {
    const match = rule.pattern.exec(clause);
    const answer = match ? rule.apply(draft, match, clause) : null;
    if (answer !== null) return answer;
  }
  return null;
}

function words(match: RegExpExecArray): string {
  return clean(match.slice(1).find(Boolean) ?? "").replace(/\.$/, "");
}

function setHeadline(draft: Draft, headline: string): string | null {
  for (const [path, text] of componentsOf(draft)) {
    const next = text.replace(
      /(<h1\b[^>]*>)[\s\S]*?(<\/h1>)/,
      (_, open: string, close: string) => `${open}${headline}${close}`,
    );
    if (next === text) continue;
    draft.files.set(path, next);
    return `The headline says “${headline}” now.`;
  }
  return null;
}

function setButton(draft: Draft, label: string): string | null {
  let count = 0;
  for (const [path, text] of componentsOf(draft)) {
    const next = text.replace(
      /(<(a|button)\b[^>]*className="button[^"]*"[^>]*>\s*)([^<{}]+?)(\s*<\/\2>)/g,
      (_, open: string, _tag: string, _old: string, close: string) => {
        count++;
        return `${open}${label}${close}`;
      },
    );
    draft.files.set(path, next);
  }
  return count > 0 ? `The button says “${label}” now.` : null;
}

function setName(draft: Draft, name: string): string | null {
  const site = draft.files.get("/src/site.ts");
  const old = site && /name:\s*"((?:[^"\\]|\\.)*)"/.exec(site)?.[1];
  if (!site || old === undefined || name.length > 60) return null;
  draft.files.set(
    "/src/site.ts",
    site.replace(/name:\s*"(?:[^"\\]|\\.)*"/, () => `name: ${JSON.stringify(name)}`),
  );
  const html = draft.files.get("/index.html");
  if (html)
    draft.files.set(
      "/index.html",
      html.replace(/<title>[^<]*<\/title>/, () => `<title>${name}</title>`),
    );
  return `It is called “${name}” now.`;
}

function replaceWords(draft: Draft, from: string, to: string): string | null {
  if (from.length < 2) return null;
  let count = 0;
  for (const [path, text] of [
    ...componentsOf(draft),
    ["/src/site.ts", draft.files.get("/src/site.ts") ?? ""] as const,
  ]) {
    const parts = text.split(from);
    if (parts.length < 2) continue;
    count += parts.length - 1;
    draft.files.set(path, parts.join(to));
  }
  return count > 0
    ? `Replaced “${from}” with “${to}” in ${count} ${count === 1 ? "place" : "places"}.`
    : null;
}

function componentsOf(draft: Draft): [string, string][] {
  return [...draft.files]
    .filter(([path]) => path.startsWith("/src/components/") || path === "/src/App.tsx")
    .sort();
}
