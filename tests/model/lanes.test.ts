import { expect, test } from "vitest";
import { createLanes, type LaneSetting } from "../../lib/model/lanes.ts";
import { ask } from "../fixtures/providers/every-driver.ts";

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

test("a lane speaks through a package of the AI SDK", () => {
  const { fast } = createLanes({ fast: { ...setting, wire: "ai-sdk:@ai-sdk/openai" }, deep: null });
  expect(fast).toMatchObject({ name: "m", builtIn: false, wire: "ai-sdk" });
});

test("a package that is not installed is said, with the command that installs it", async () => {
  const { fast } = createLanes({ fast: { ...setting, wire: "ai-sdk:@ai-sdk/nobody" }, deep: null });
  const { failure } = await ask(fast);
  expect(failure).toMatchObject({ code: "unsupported" });
  expect(failure?.detail).toContain("npm install @ai-sdk/nobody");
  await fast.close();
});

test.each(["telepathy", "built-in", "constructor", "", "ai-sdk:", "ai-sdk:fs", "ai-sdk:../x"])(
  "the wire %j is refused with those that are spoken",
  (wire) => {
    expect(() => createLanes({ fast: null, deep: { ...setting, wire } })).toThrow(
      `TRIPTYCH_DEEP_WIRE is "${wire}", but it is one of: chat, responses, responses-ws, anthropic, ai-sdk:<package>.`,
    );
  },
);
