import { expect, test } from "vitest";
import { tagsOf } from "../../lib/edit/tags.ts";

const SOURCE = `import { Card } from "./Card";
/* <old /> */
const pick = <T,>(value: T) => value;
export default function Page({ items }: { items: string[] }) {
  const half = items.length < 2 ? <Foo.Bar icon={<i />} /> : null;
  return (
    <main title="a > b">
      {items.map((item) => <Card key={item}>It's {item}</Card>)}
      <><b>one</b> {"<u>"}</>
      {half}
    </main>
  );
}
`;

test("tags stand in the order of their opening, each with its whole text and its children", () => {
  const tags = tagsOf("/src/Page.tsx", SOURCE);
  expect(tags.map((tag) => tag?.name)).toEqual(["Foo.Bar", "i", "main", "Card", "", "b"]);
  const textOf = (index: number) => SOURCE.slice(tags[index]?.start, tags[index]?.end);
  expect(textOf(0)).toBe("<Foo.Bar icon={<i />} />");
  expect(textOf(3)).toBe("<Card key={item}>It's {item}</Card>");
  expect(textOf(4)).toBe('<><b>one</b> {"<u>"}</>');
  const { start, end } = tags[5]?.children ?? { start: 0, end: 0 };
  expect(SOURCE.slice(start, end)).toBe("one");
  expect(tags[1]?.children).toBeNull();
});

test("a tag that was not closed keeps its number and has no place; other files have no tags", () => {
  expect(tagsOf("/src/Half.tsx", "const a = <main><p>text</p>").map((tag) => tag?.name)).toEqual([
    undefined,
    "p",
  ]);
  expect(tagsOf("/src/a.ts", "const a = <T>(b: T) => b;")).toEqual([]);
});
