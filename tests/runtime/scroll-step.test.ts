import { expect, test } from "vitest";
import { lineAt, placeAt } from "../../lib/runtime/scroll-step.ts";

const section = (id: string, heading: string, top: number, height: number) => ({ id, heading, top, height });
const ONE = [
  section("", "Welcome", 0, 800),
  section("prices", "Prices", 800, 400),
  section("", "Ask us", 1_200, 800),
];
/** The same page, laid out otherwise and with another one in between. */
const OTHER = [
  section("", "Welcome", 0, 300),
  section("", "New", 300, 500),
  section("prices", "What it costs", 800, 1_000),
];

test("the same share of the same section, by id, else by heading", () => {
  expect(lineAt(placeAt(1_000, ONE, 2_000), OTHER, 1_800)).toBe(1_300);
  expect(lineAt(placeAt(400, ONE, 2_000), OTHER, 1_800)).toBe(150);
});

test("a section that is not there is found by its share of the page", () => {
  expect(lineAt(placeAt(1_500, ONE, 2_000), OTHER, 1_800)).toBe(1_350);
  expect(lineAt(placeAt(100, [], 1_000), OTHER, 1_800)).toBe(180);
});

test("of sections in each other the innermost counts, and between two the end of the one before", () => {
  const nested = [
    section("all", "", 0, 1_000),
    section("inner", "", 200, 100),
    section("next", "", 1_100, 100),
  ];
  expect(placeAt(250, nested, 1_200)).toMatchObject({ id: "inner", share: 0.5 });
  expect(placeAt(400, nested, 1_200)).toMatchObject({ id: "all", share: 0.4 });
  expect(placeAt(1_050, nested, 1_200)).toMatchObject({ id: "inner", share: 1 });
});
