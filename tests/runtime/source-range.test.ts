/** Compiled, run and asked: each element of the page says where its tag stands in the document. Real sucrase, real JSX of React. */
import * as React from "react";
import * as runtime from "react/jsx-runtime";
import { expect, test } from "vitest";
import { placingRuntime, tagNumberOf } from "../../lib/runtime/element-places.ts";
import { sourceTag } from "../../lib/runtime/source-range.ts";
import { transpile } from "../../lib/runtime/transpile.ts";

const PATH = "/src/App.tsx";
const SOURCE = `import { createElement } from "react";

function Card({ children }: { children: unknown }) {
  return <li className="card">{children}</li>;
}
const rest = { title: "rest" };

export default function App() {
  return (
    <main>
      <h1 key="head">Hello</h1>
      {["one", "two"].map((each) => <Card key={each}>{each}</Card>)}
      <>
        <b>bold</b> and <i {...rest} />
        {["x"].map((each) => <u {...rest} key={each} />)}
      </>
      {createElement("p", null, "plain")}
      <footer>End</footer>
    </main>
  );
}
`;

type Element = React.ReactElement<{ children?: unknown }>;

function elementsOf(node: unknown): Element[] {
  if (Array.isArray(node)) return node.flatMap(elementsOf);
  if (!React.isValidElement(node)) return [];
  const element = node as Element;
  return [element, ...elementsOf(element.props.children)];
}

/** Runs a text, and says of each element of its page the source it comes from while the document says `now`. */
function placesOf(ran: string, now = ran): (string | null)[] {
  const compiled = transpile(PATH, ran);
  const exports: Record<string, unknown> = {};
  const jsx = placingRuntime(PATH, runtime);
  compiled.run(
    (name) => (name === "react" ? React : jsx),
    { exports },
    exports,
    () => {},
    {},
  );
  const page = (exports.default as () => unknown)();
  return elementsOf(page).map(({ props }) => {
    const number = tagNumberOf(props);
    const tag = number && sourceTag({ path: PATH, code: compiled.code, ran, now }, number.index);
    return tag && now.slice(tag.start, tag.end);
  });
}

const firstWords = (text: string | null) => text?.replace(/\s+/g, " ").slice(0, 12) ?? null;

test("keys, fragments, lists and spread props: every element knows its tag", () => {
  expect(placesOf(SOURCE).map(firstWords)).toEqual([
    "<main> <h1 k",
    '<h1 key="hea',
    "<Card key={e",
    "<Card key={e",
    "<> <b>bold</",
    "<b>bold</b>",
    "<i {...rest}",
    // A key behind spread props, and what a file makes by hand, have no place of their own.
    null,
    null,
    "<footer>End<",
  ]);
});

test("nothing is added to props, and lines stay where they are", () => {
  const { code } = transpile(PATH, SOURCE);
  const lineOf = (text: string, words: string) => text.split("\n").findIndex((line) => line.includes(words));
  expect(lineOf(code, "Hello")).toBe(lineOf(SOURCE, "Hello"));
  const element = placingRuntime(PATH, runtime).jsx.call(0, "p", { children: "x" });
  expect(Object.getOwnPropertyNames(element.props)).toEqual(["children"]);
  expect(Object.getOwnPropertySymbols(element.props)).toEqual([]);
});

test("the document is ahead of what ran: places move, and what is being written has none", () => {
  const grown = SOURCE.replace("Hello", "Hello, and more of it");
  const places = placesOf(SOURCE, grown).map(firstWords);
  expect(places[1]).toBeNull();
  expect(places.at(-1)).toBe("<footer>End<");
  expect(places.slice(2, 4)).toEqual(["<Card key={e", "<Card key={e"]);
  expect(placesOf(SOURCE, `// first\n${SOURCE}`).map(firstWords)[1]).toBe('<h1 key="hea');
});

test("a half-written text that was closed to run gives places in the document for what stands there", () => {
  const at = SOURCE.indexOf("      <footer>");
  const healed = `${SOURCE.slice(0, at)}<section><p>Half</p></section>${SOURCE.slice(at)}`;
  const places = placesOf(healed, SOURCE).map(firstWords);
  expect(places.filter((place) => place === null)).toHaveLength(5);
  expect(places.at(-1)).toBe("<footer>End<");
});

test("a name that a file calls by itself is no tag: numbers stay those of the tags", () => {
  const source = 'import { jsx } from "./mine";\nexport const a = () => [jsx("p"), <b>1</b>];\n';
  expect(transpile(PATH, source).code).toContain(".jsx.call(0, 'b'");
});
