import { expect, test } from "vitest";
import { createLanes, type LaneSetting } from "../../lib/model/lanes.ts";

const setting: LaneSetting = { baseUrl: "http://127.0.0.1:9/v1", apiKey: null, model: "m", wire: "chat" };

test("without settings both lanes are the built-in designer", () => {
  const lanes = createLanes({ fast: null, deep: null });
  expect(lanes.fast).toMatchObject({ builtIn: true, wire: "built-in" });
  expect(lanes.deep).toBe(lanes.fast);
});

test.each(["chat", "responses", "responses-ws", "anthropic"])("a lane speaks %s", (wire) => {
  const { fast, deep } = createLanes({ fast: { ...setting, wire }, deep: { ...setting, model: "n" } });
  expect(fast).toMatchObject({ name: "m", builtIn: false, wire });
  expect(deep).toMatchObject({ name: "n", wire: "chat" });
});

test.each(["telepathy", "built-in", "constructor", ""])(
  "the wire %j is refused with those that are spoken",
  (wire) => {
    expect(() => createLanes({ fast: null, deep: { ...setting, wire } })).toThrow(
      `TRIPTYCH_DEEP_WIRE is "${wire}", but it is one of: chat, responses, responses-ws, anthropic.`,
    );
  },
);
