/** The tabs of the code drawer: which files lie open, and what the browser remembers of it. */
import { expect, test } from "vitest";
import { stepOf } from "../../components/code/file-tabs.tsx";
import {
  closed,
  type OpenFiles,
  openAtFirst,
  opened,
  parseOpen,
  presentOf,
  tabNames,
} from "../../components/code/open-files.ts";

const files = (paths: string, front: string): OpenFiles => ({ paths: [...paths], front });
const words = ({ paths, front }: OpenFiles) => `${paths.join("")} ${front}`;

test("a file opens right of the one in front, and an open one comes to the front where it stands", () => {
  expect(words(opened(files("abc", "a"), "x"))).toBe("axbc x");
  expect(words(opened(files("abc", "a"), "c"))).toBe("abc c");
});

test("with too many, the leftmost gives way, never the one in front", () => {
  expect(words(opened(files("abcdefghijkl", "a"), "x"))).toBe("axcdefghijkl x");
  expect(words(opened(files("abcdefghijkl", "l"), "x"))).toBe("bcdefghijklx x");
});

test("closing goes to the right neighbour, then to the left one; the last one stays", () => {
  expect(words(closed(files("abc", "b"), "b"))).toBe("ac c");
  expect(words(closed(files("abc", "c"), "c"))).toBe("ab b");
  expect(words(closed(files("abc", "c"), "a"))).toBe("bc c");
  expect(words(closed(files("a", "a"), "a"))).toBe("a a");
});

test("a file that is gone has no tab, its neighbour is in front, and it comes back with the file", () => {
  const open = files("abc", "b");
  expect(words(presentOf(open, ["a", "c"]))).toBe("ac c");
  expect(words(presentOf(open, ["a"]))).toBe("a a");
  expect(words(presentOf(open, ["x", "y"]))).toBe("x x");
  expect(words(presentOf(open, []))).toBe(" ");
  expect(words(presentOf(open, ["a", "b", "c"]))).toBe("abc b");
});

test("two files of one name are told apart by their folders", () => {
  expect(tabNames(["/src/App.tsx", "/src/a/index.ts", "/src/b/index.ts"])).toEqual([
    { path: "/src/App.tsx", name: "App.tsx", folder: "" },
    { path: "/src/a/index.ts", name: "index.ts", folder: "a" },
    { path: "/src/b/index.ts", name: "index.ts", folder: "b" },
  ]);
});

test("arrow keys go round, Home and End to the ends, other keys nowhere", () => {
  const step = (key: string, front: string) => stepOf(key, ["a", "b", "c"], front);
  expect([step("ArrowRight", "a"), step("ArrowRight", "c"), step("ArrowLeft", "a")]).toEqual(["b", "a", "c"]);
  expect([step("Home", "c"), step("End", "a"), step("Enter", "a")]).toEqual(["a", "c", null]);
});

test("what is stored is read as far as it makes sense", () => {
  expect(parseOpen(JSON.parse(JSON.stringify(openAtFirst)))).toEqual(openAtFirst);
  for (const bad of [
    null,
    1,
    {},
    { paths: "a", front: "a" },
    { paths: ["a"], front: "b" },
    { paths: [7], front: "7" },
  ])
    expect(parseOpen(bad)).toBeNull();
});
