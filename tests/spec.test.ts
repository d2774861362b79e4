/** The rules of the two SPEC files and the tests that prove them name each other. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

function idsIn(text: string, pattern: RegExp): Set<string> {
  return new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ""));
}

function testsOf(folders: string[]): string {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
  );
  return files
    .filter((file) => /\.test\.tsx?$/.test(file))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
}

test.each([
  ["lib/edit/SPEC.md", ["tests/edit", "tests/document"]],
  ["lib/wire/SPEC.md", ["tests/wire", "tests/room"]],
])("every rule of %s has a test, and no test names a rule that is not there", (spec, folders) => {
  const rules = idsIn(readFileSync(join(root, spec), "utf8"), /^- \*\*([A-Z]\d+)\*\*/gm);
  // A title begins with the rules that it proves: one, or several in a row.
  const titles = idsIn(testsOf(folders), /\((?:\s*)["'`]((?:\[[A-Z]\d+\] )+)/g);
  const proved = idsIn([...titles].join(""), /\[([A-Z]\d+)\]/g);
  expect(rules.size).toBeGreaterThan(5);
  expect([...rules].filter((id) => !proved.has(id))).toEqual([]);
  expect([...proved].filter((id) => !rules.has(id))).toEqual([]);
});
