import fc from "fast-check";
import { expect, test } from "vitest";
import { createPlanReader } from "../../lib/prompt/plan.ts";

const direction = (name: string) => ({
  name,
  idea: 'says "hello" {in braces}',
  type: "serif",
  palette: "paper",
  layout: "columns",
  tone: "dry",
  sections: ["Nav", "Hero"],
});
const names = ["After dark", "Morning paper", "Counter slip"];
const plan = JSON.stringify({ directions: names.map(direction) });

test("any split of a plan gives the same directions", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(plan.length), { maxLength: 12 }), (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), plan.length];
      const reader = createPlanReader();
      const read = places.slice(1).flatMap((end, index) => reader.push(plan.slice(places[index], end)));
      expect(read).toEqual(names.map(direction));
    }),
  );
});

test("a direction is there as soon as its own brace is closed", () => {
  const reader = createPlanReader();
  const until = plan.indexOf("},{") + 1;
  expect(reader.push(plan.slice(0, until - 1))).toEqual([]);
  expect(reader.push(plan.slice(until - 1, until)).map(({ name }) => name)).toEqual(["After dark"]);
});

test("prose and fences around it do not matter, and what is no direction is skipped", () => {
  const text = `Here are three {nice} ones:\n\`\`\`json\n${plan}\n\`\`\`\n{"name": ""} {"idea": "nameless"} {broken`;
  expect(createPlanReader().push(text)).toEqual(names.map(direction));
});

test("fields are short lines, whatever a model wrote into them", () => {
  const [read] = createPlanReader().push(
    JSON.stringify({
      name: "x".repeat(500),
      idea: "two\nlines",
      palette: 7,
      sections: Array(99).fill("Hero"),
    }),
  );
  expect(read?.name).toHaveLength(40);
  expect(read).toMatchObject({ idea: "two lines", palette: "" });
  expect(read?.sections).toHaveLength(16);
});
