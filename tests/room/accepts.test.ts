import { expect, test } from "vitest";
import { accepts } from "../../lib/room/accepts.ts";

test.each([
  ["/src/App.tsx", "export default function App(): JSX.Element { return <p>{1 as number}</p>; }", true],
  ["/src/App.tsx", "export default function App() { return <p>; }", false],
  ["/src/App.tsx", "const a = ;", false],
  ["/src/data.ts", "export const rows: string[] = ['a'];", true],
  ["/src/data.ts", "export const rows = [", false],
  ["/src/late.ts", "export const value = await load();", false],
  ["/package.json", '{"a": 1}', true],
  ["/package.json", '{"a": 1', false],
  ["/src/index.css", '@theme { --a: "}"; } /* { */', true],
  ["/src/index.css", "a { color: red; ", false],
  ["/src/index.css", "a } b {", false],
  ["/README.md", "anything < goes {", true],
])("%s with %j parses: %s", (path, text, expected) => {
  expect(accepts(path, text)).toBe(expected);
});
