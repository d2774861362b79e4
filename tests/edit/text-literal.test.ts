import fc from "fast-check";
import { expect, test } from "vitest";
import { tagsOf } from "../../lib/edit/tags.ts";
import { literalAt, literalOf, shownText, writtenText } from "../../lib/edit/text-literal.ts";

const PATH = "/src/A.tsx";
const page = (inside: string) => `export default () => <main>${inside}</main>;\n`;

function literalIn(source: string, name: string) {
  const tag = tagsOf(PATH, source).find((each) => each?.name === name);
  const literal = tag && literalOf(source, tag);
  return literal && { ...literal, raw: source.slice(literal.start, literal.end) };
}

test.each([
  ["<h1>Hello you</h1>", "Hello you", "jsx"],
  ["<h1>\n    Two\n    lines\n  </h1>", "Two\n    lines", "jsx"],
  ['<h1 className="a > b">{"Hello"}</h1>', "Hello", "string"],
  ["<h1>{'It is'}</h1>", "It is", "string"],
])("%j holds a text that stands as such", (inside, raw, kind) => {
  expect(literalIn(page(inside), "h1")).toMatchObject({ raw, kind });
});

test.each([
  "<h1>Hello {name}</h1>",
  "<h1><b>x</b> and</h1>",
  "<h1>{title}</h1>",
  "<h1 />",
  "<h1>{`a`}</h1>",
  "<h1> </h1>",
])("%j holds none", (inside) => expect(literalIn(page(inside), "h1")).toBeNull());

test("only the whole literal is one: a part of it could become code", () => {
  const source = page('<p>"quoted" and more</p>');
  const at = source.indexOf("quoted");
  expect(literalAt(PATH, source, at, at + 6)).toBeNull();
  const whole = source.indexOf('"quoted');
  expect(literalAt(PATH, source, whole, whole + '"quoted" and more'.length)?.kind).toBe("jsx");
  expect(literalAt(PATH, source, 0, 6)).toBeNull();
});

test("entities are shown as what they are, and unknown ones are left alone", () => {
  expect(shownText("jsx", "Fish &amp; chips &#8211; &#x41;")).toBe("Fish & chips – A");
  expect(shownText("jsx", "a &hellip; b")).toBeNull();
  expect(shownText("jsx", "two\n   lines")).toBe("two lines");
});

test("whatever is typed is text afterwards, and reads as it was typed", () => {
  const anyText = fc.string({
    unit: fc.constantFrom(..."ab{}<>&;\"'\\`$/ \n\u00a0é".split("")),
    minLength: 1,
  });
  fc.assert(
    fc.property(anyText, (typed) => {
      const line = typed.replace(/\n+/g, " ");
      const jsx = writtenText("jsx", typed, "");
      expect(jsx).not.toMatch(/[<>{}\n]/);
      expect(shownText("jsx", jsx)).toBe(line);
      const source = page(`<h1>${jsx}</h1>`);
      expect(tagsOf(PATH, source).map((tag) => tag?.name)).toEqual(["main", "h1"]);
      for (const quote of ['"', "'"]) {
        // The literal read by JavaScript itself.
        expect(new Function(`return ${quote}${writtenText("string", typed, quote)}${quote}`)()).toBe(line);
      }
    }),
  );
});
