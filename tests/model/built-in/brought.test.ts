/** What a person brings with a prompt: a table, something pointed at, a look across to another variant. */
import { expect, test } from "vitest";
import { answerTo } from "../../../lib/model/built-in/designer.ts";
import type { PromptRequest } from "../../../lib/prompt/types.ts";
import { accepts } from "../../../lib/room/accepts.ts";
import { answeredFiles } from "../../../lib/turn/answered-files.ts";
import { designedFiles, requestOf } from "./designed.ts";

type Files = ReadonlyMap<string, string>;

const BAKERY = "A landing page for a village bakery, with opening hours, prices, questions and a gallery";
const CSV = 'Departure,From,Minutes\n08:10,Old pier,25\n09:40,Mill bridge,30\n11:00,"Harbour, north",45\n';
const [A, B] = [designedFiles({ text: BAKERY }), designedFiles({ text: BAKERY, position: 2, seed: "other" })];
const history = [{ prompt: BAKERY, result: "" }];
const at = (name: string) => `/src/components/${name}.tsx`;

function follow(text: string, change: Partial<PromptRequest> = {}): { files: Files; said: string } {
  const request = requestOf({ kind: "change", text, files: A, history, ...change });
  const answer = [...answerTo(request)].join("");
  const files = answeredFiles(request.files, answer);
  for (const [path, source] of files) expect(accepts(path, source), path).toBe(true);
  return { files, said: answer.split("\n")[0] ?? "" };
}

/** The element whose source begins so. */
function picked(name: string, begins: RegExp, files = A): NonNullable<PromptRequest["picked"]> {
  const source = files.get(at(name)) ?? "";
  const start = source.search(begins);
  const tag = /<(\w+)/.exec(source.slice(start))?.[1] ?? "";
  const end = source.indexOf(`</${tag}>`, start) + tag.length + 3;
  return [{ letter: "A", path: at(name), start, end, selector: tag, text: "" }];
}

test.each([
  ["commas", CSV],
  ["semicolons", CSV.replaceAll(/,(?! north)/g, ";")],
  ["tabs", CSV.replaceAll(/,(?! north)/g, "\t")],
  [
    "bars",
    "| Departure | From | Minutes |\n| --- | --- | ---: |\n| 08:10 | Old pier | 25 |\n| 09:40 | Mill bridge | 30 |\n| 11:00 | Harbour, north | 45 |\n",
  ],
])("a table with %s becomes a typed file and a section that is drawn from it", (_how, csv) => {
  const { files, said } = follow(`Add this table of ferries:\n${csv}`);
  expect(said).toBe("Your table is a section with 3 rows; they stand in /src/data/table.ts.");
  expect(files.get("/src/data/table.ts")).toContain(
    '{ departure: "11:00", from: "Harbour, north", minutes: "45" },',
  );
  expect(files.get(at("DataTable"))).toContain('<h2 id="table-title">{"Ferries"}</h2>');
  expect(files.get("/src/App.tsx")).toMatch(/<DataTable \/>[\s\S]*<Footer \/>/);
});

test("a table comes with the first prompt, outlives other directions, is replaced by the next one, and is undone", () => {
  const first = designedFiles({ text: `${BAKERY}. Our loaves:\nLoaf,Price\nRye,4.80\nSpelt,5.20` });
  expect(first.get("/src/data/table.ts")).toContain('{ loaf: "Rye", price: "4.80" }');
  expect(first.get(at("DataTable"))).toContain("Loaves");
  expect(first.get("/src/site.ts")).toContain('"The Village Bakery"');
  const other = follow("three other directions", { files: first }).files;
  expect(other.get("/src/App.tsx")).toContain("<DataTable />");
  const text = `As cards, these rows:\n${CSV}`;
  const next = follow(text, { files: other });
  expect(next.said).toBe("The table has 3 rows of yours now, in /src/data/table.ts.");
  expect(next.files.get("/src/App.tsx")?.match(/<DataTable \/>/g)).toHaveLength(1);
  expect(next.files.get(at("DataTable"))).toContain('className="card p-6"');
});

test("cells are text: code in them is data, and no cell is run", () => {
  const { files } = follow('Add this table:\nname,note\n"</script>{evil}","=cmd()"\n`$1`,2\n');
  expect(files.get("/src/data/table.ts")).toContain('note: "=cmd()"');
  expect(files.get(at("DataTable"))).not.toContain("evil");
});

test.each([
  "darker, warmer, rounder",
  "Change the headline to “Bread, butter, salt”, and add a map",
  "Tighter, please.\nAnd darker, please.\nAdd a map, please.",
])("%s: sentences are no table", (text) => {
  expect(follow(text).files.has("/src/data/table.ts")).toBe(false);
});

test.each([
  ["like B's hero", "Hero"],
  ["make the hero like B's", "Hero"],
  ["take the prices from B", "Pricing"],
  ["use variant B's questions", "Faq"],
  ["I prefer the gallery of B", "Gallery"],
])("%s: the section of the other variant, and nothing else", (text, name) => {
  const { files, said } = follow(text, { others: [{ letter: "B", files: B }] });
  expect(said).toMatch(/^Took .+ of B\.$/);
  expect(files.get(at(name))).toBe(B.get(at(name)));
  const changed = [...files].filter(([path, source]) => A.get(path) !== source).map(([path]) => path);
  expect(changed).toEqual([at(name)]);
});

test("the colours or the type of another variant are taken by their tokens", () => {
  const others = [{ letter: "B", files: B }];
  const token = (files: Files, name: string) =>
    new RegExp(`${name}:[^;]+`).exec(files.get("/src/index.css") ?? "")?.[0];
  const { files } = follow("use B's colours", { others });
  expect(token(files, "--color-paper")).toBe(token(B, "--color-paper"));
  expect(token(files, "--font-display")).toBe(token(A, "--font-display"));
  const typed = follow("the fonts from B", { others }).files;
  expect(token(typed, "--font-display")).toBe(token(B, "--font-display"));
});

test.each([
  ["like D's hero", "There is no variant D beside this one to take anything from."],
  ["like A's hero", "This is A: it stays as it is."],
  [
    "make it like B's",
    "Say what of B it should be: a section (“like B's hero”), its colours or its type. Nothing was changed.",
  ],
])("%s: it says why not", (text, words) => {
  const { files, said } = follow(text, { others: [{ letter: "B", files: B }] });
  expect(said).toBe(words);
  expect(files).toEqual(A);
});

test("“A darker page” speaks of no variant", () => {
  expect(follow("A darker page", { letter: "B" }).said).toBe("Darker now.");
});

test.each([
  ["remove this", /removed/, (source: string) => !source.includes("<h1")],
  [
    "make this green",
    /in that colour/,
    (source: string) => /<h1[^>]*className="[^"]*text-\[oklch\(/.test(source),
  ],
  ["this should say “Warm bread”", /says “Warm bread”/, (source: string) => source.includes("Warm bread")],
  ["make this bold and centred", /bold/, (source: string) => /<h1[^>]*font-bold/.test(source)],
  [
    "make it green, and make it italic",
    /colour/,
    (source: string) => /<h1[^>]*text-\[oklch[^"]*italic/.test(source),
  ],
] as const)("pointed at the headline: %s", (text, words, holds) => {
  const { files, said } = follow(text, { picked: picked("Hero", /<h1/) });
  expect(said).toMatch(words);
  expect(holds(files.get(at("Hero")) ?? "")).toBe(true);
  const changed = [...files].filter(([path, source]) => A.get(path) !== source).map(([path]) => path);
  expect(changed).toEqual([at("Hero")]);
});

test("pointed at a whole section, “this” is its name", () => {
  const whole = picked("Pricing", /<section/);
  expect(follow("remove this", { picked: whole }).files.get("/src/App.tsx")).not.toContain("<Pricing />");
  expect(follow("move this to the end", { picked: whole }).said).toMatch(/^Moved the prices/);
  expect(follow("another layout for this", { picked: whole }).files.get(at("Pricing"))).not.toBe(
    A.get(at("Pricing")),
  );
});

test("what was pointed at in another variant, or has gone, changes nothing here", () => {
  const gone = [{ letter: "A", path: at("Hero"), start: 3, end: 9, selector: "h1", text: "" }];
  expect(follow("remove this", { picked: gone })).toMatchObject({
    files: A,
    said: expect.stringMatching(/point at it again/),
  });
  const elsewhere = picked("Hero", /<h1/).map((each) => ({ ...each, letter: "B" }));
  expect(follow("make this green", { picked: elsewhere }).files.get(at("Hero"))).toBe(A.get(at("Hero")));
});

test("undo of what hung on something pointed at says that it cannot", () => {
  const asked = [
    ...history,
    { prompt: "make this green", result: "Here: it is in that colour, as far as it reads now." },
  ];
  const { said, files } = follow("undo that", { history: asked });
  expect(said).toMatch(/pointed at/);
  expect(files).toEqual(A);
});
