/**
 * The page that all three previews show: React and Tailwind, 900 lines in 16 files, or more of the same. One element, deep in
 * the hero, reads MARK-0000; an edit changes its number.
 */
import { templateFiles } from "#lib/project/template.ts";

export const HERO_PATH = "/src/components/Hero.tsx";
const CARDS_PER_SECTION = 20;
/** A page of 200 sections as long would be measured for its size, not for its files. */
const CARDS_IN_MANY = 3;
/** Template: App, main, index.css; hero and its parts. */
const OTHER_FILES = 5;

export function markOf(number: number): string {
  return `MARK-${String(number).padStart(4, "0")}`;
}

/** The files of /src. */
export function fixture(fileCount = 16): Record<string, string> {
  const cards = fileCount > 16 ? CARDS_IN_MANY : CARDS_PER_SECTION;
  const sections = Array.from({ length: fileCount - OTHER_FILES }, (_, index) => `Section${index}`);
  return {
    "/src/main.tsx": templateFiles.get("/src/main.tsx") ?? "",
    "/src/index.css": templateFiles.get("/src/index.css") ?? "",
    "/src/App.tsx": app(sections),
    [HERO_PATH]: hero(),
    "/src/components/Badge.tsx": badge,
    ...Object.fromEntries(
      sections.map((name, index) => [`/src/components/${name}.tsx`, section(name, index, cards)]),
    ),
  };
}

/** What a model writes in place of the hero's marked line: `count` rows, each with the next mark. */
export function growingRows(count: number): string {
  return Array.from({ length: count }, (_, index) => row(index + 1)).join("");
}

function row(number: number): string {
  const mark = markOf(number);
  if (number % 3 === 0)
    return `        <p className="mt-${number % 12} text-sm">Row ${mark} {count > 0 ? "yes" : "no"}</p>\n`;
  if (number % 3 === 1)
    return `        <button type="button" onClick={() => setCount((old) => old + 1)}>Go ${mark}</button>\n`;
  return `        <span className="font-semibold text-indigo-400">Item ${mark} done</span>\n`;
}

function hero(): string {
  return `import { useState } from "react";
import Badge from "./Badge";

export default function Hero() {
  const [count, setCount] = useState(0);
  return (
    <section data-probe="hero" className="relative isolate overflow-hidden px-6 pt-14 pb-24">
      <div className="mx-auto max-w-3xl text-center">
        <Badge tone="new">Open since spring</Badge>
        <h1 className="mt-6 text-5xl font-semibold tracking-tight text-balance">Bread that is finished before lunch</h1>
        <p className="mt-6 text-lg text-stone-600">Three kinds a day. MARK-0000 loaves are left.</p>
        <button type="button" className="mt-8 rounded-full bg-stone-900 px-5 py-2 text-white" onClick={() => setCount(count + 1)}>
          Keep one for me{count > 0 ? \` (\${count})\` : ""}
        </button>
      </div>
    </section>
  );
}
`;
}

const badge = `import type { ReactNode } from "react";

const tones = { new: "bg-amber-100 text-amber-900", old: "bg-stone-100 text-stone-600" };

export default function Badge({ tone, children }: { tone: keyof typeof tones; children: ReactNode }) {
  return <span className={\`inline-block rounded-full px-3 py-1 text-xs \${tones[tone]}\`}>{children}</span>;
}
`;

function app(sections: string[]): string {
  const imports = sections.map((name) => `import ${name} from "./components/${name}";\n`).join("");
  const elements = sections.map((name) => `      <${name} />\n`).join("");
  return `import Hero from "./components/Hero";\n${imports}
export default function App() {
  return (
    <main className="min-h-screen bg-paper text-ink">
      <Hero />
${elements}    </main>
  );
}
`;
}

/** About 80 lines: a list of data and the grid that shows it. */
function section(name: string, index: number, count: number): string {
  const cards = Array.from(
    { length: count },
    (_, card) =>
      `  { title: "Card ${index}.${card}", text: "What it is and why it matters, part ${card}", price: ${card * 3 + index} },\n`,
  );
  return `import { useMemo, useState } from "react";
import Badge from "./Badge";

type Card = { title: string; text: string; price: number };

const cards: Card[] = [
${cards.join("")}];

export default function ${name}() {
  const [query, setQuery] = useState("");
  const [picked, setPicked] = useState<string | null>(null);
  const shown = useMemo(
    () => cards.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase())),
    [query],
  );
  const total = shown.reduce((sum, { price }) => sum + price, 0);

  return (
    <section className="mx-auto max-w-6xl px-6 py-${(index % 6) + 12}">
      <header className="flex items-end justify-between gap-6">
        <h2 className="text-3xl font-semibold tracking-tight">${name}</h2>
        <label className="text-sm text-stone-500">
          Search{" "}
          <input
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            className="rounded-md border border-stone-300 px-2 py-1"
          />
        </label>
      </header>
      <ul className="mt-8 grid grid-cols-2 gap-${(index % 4) + 3} md:grid-cols-3 lg:grid-cols-5">
        {shown.map((card) => (
          <li
            key={card.title}
            className={\`rounded-xl border p-4 \${picked === card.title ? "border-amber-500 shadow-lg" : "border-stone-200"}\`}
            onClick={() => setPicked(card.title)}
          >
            <Badge tone={card.price > 20 ? "new" : "old"}>{card.price} €</Badge>
            <h3 className="mt-3 font-medium">{card.title}</h3>
            <p className="mt-1 text-sm text-stone-600">{card.text}</p>
            {picked === card.title ? (
              <button type="button" className="mt-3 text-sm underline" onClick={() => setPicked(null)}>
                Put it back
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      <footer className="mt-6 text-right text-sm text-stone-500">
        {shown.length} of {cards.length}, {total} € in all
      </footer>
    </section>
  );
}
`;
}
