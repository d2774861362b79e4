import fc from "fast-check";
import { expect, test } from "vitest";
import { askedVersion, dependenciesOf, withDependency } from "../../lib/project/dependencies.ts";
import { templateFiles } from "../../lib/project/template.ts";

const template = templateFiles.get("/package.json") ?? "";

test("a dependency is one new line in the file a project starts with, at its place in the alphabet", () => {
  const after = withDependency(template, "canvas-confetti", "1.9.3") ?? "";
  const lines = new Set(template.split("\n"));
  expect(after.split("\n").filter((line) => !lines.has(line))).toEqual(['    "canvas-confetti": "1.9.3",']);
  expect(dependenciesOf(after).get("canvas-confetti")).toBe("1.9.3");
  expect(Object.keys(JSON.parse(after))).toEqual(Object.keys(JSON.parse(template)));
});

test("a range is pinned in its place, and the indentation stays", () => {
  const before = '{\n\t"dependencies": {\n\t\t"a": "^1.0.0",\n\t\t"b": "2.0.0"\n\t}\n}\n';
  expect(withDependency(before, "a", "1.4.0")).toBe(before.replace("^1.0.0", "1.4.0"));
});

test("a file that is missing is made, one that is no object is left alone", () => {
  expect(dependenciesOf(withDependency(null, "a", "1.0.0")).get("a")).toBe("1.0.0");
  for (const text of ["{", "[]", "7", ""]) expect(withDependency(text, "a", "1.0.0")).toBeNull();
});

test("the version is read wherever the project says it", () => {
  expect(askedVersion('{"devDependencies":{"a":"^1"}}', "a")).toBe("^1");
  expect(askedVersion('{"dependencies":{"a":"2"},"devDependencies":{"a":"1"}}', "a")).toBe("2");
  expect(askedVersion(template, "swiper")).toBeNull();
  expect(askedVersion("{", "a")).toBeNull();
});

test("any JSON is read without throwing, and a dependency that was added is there", () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom("a", "@b/c", "constructor", "__proto__x"), (text, name) => {
      const after = withDependency(text, name, "1.2.3");
      expect(after === null || dependenciesOf(after).get(name) === "1.2.3").toBe(true);
    }),
  );
});
