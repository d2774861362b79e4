import { expect, test } from "vitest";
import { VariantDocument } from "../../lib/document/variant-document.ts";
import { type Model, ModelFailure } from "../../lib/model/types.ts";
import type { TurnId } from "../../lib/project/ids.ts";
import { limits } from "../../lib/project/limits.ts";
import { templateFiles } from "../../lib/project/template.ts";
import { buildPrompt } from "../../lib/prompt/build-prompt.ts";
import { accepts } from "../../lib/room/accepts.ts";
import { runTurn } from "../../lib/turn/run-turn.ts";

const APP = "/src/App.tsx";
const prompt = buildPrompt({
  text: "A page",
  kind: "create",
  files: templateFiles,
  letter: "A",
  position: 0,
  variantCount: 1,
  seed: "s",
  history: [],
});
const whole = (path: string, code: string) => `${path}\n\`\`\`tsx\n${code}\`\`\`\n`;
const page = (text: string) => whole(APP, `export default function App() {\n  return <p>${text}</p>;\n}\n`);

async function run(
  model: Model,
  abort = new AbortController(),
  now: () => number = () => performance.now(),
  repairs = false,
  locked: ReadonlySet<string> = new Set(),
) {
  const document = VariantDocument.seed(templateFiles, "s");
  const drafts: string[] = [];
  const outcome = await runTurn({
    model,
    prompt,
    document,
    accepts,
    repairs,
    locked,
    now,
    beganAt: now(),
    signal: abort.signal,
    turnId: "turn-0001" as TurnId,
    hooks: { onDraft: (facts) => drafts.push(...facts.map((fact) => fact.type)), onProgress: () => {} },
  });
  for (const [path, text] of document.files()) expect(accepts(path, text), path).toBe(true);
  return { outcome, document, drafts };
}

const saying = (...texts: string[]): Model =>
  async function* (_prompt, _signal, note) {
    yield* texts;
    note?.({ type: "end", reason: "stop", usage: { inputTokens: 1, outputTokens: 2 } });
  };

test("a turn applies what the model writes, keeps its raw text and says what it said", async () => {
  const { outcome, document, drafts } = await run(saying("Here you are.\n", page("new")));
  expect(outcome).toMatchObject({
    state: "done",
    message: null,
    answer: "Here you are.",
    usage: { outputTokens: 2 },
  });
  expect(outcome.rawOutput).toContain("```tsx");
  expect(document.read(APP)).toContain("<p>new</p>");
  expect(drafts[0]).toBe("draft-start");
  expect(drafts.at(-1)).toBe("draft-end");
});

test("a connection lost in the middle of an edit keeps the whole edits and leaves no half one", async () => {
  const { outcome, document } = await run(async function* () {
    yield whole("/src/One.tsx", "export const one = 1;\n");
    yield `${APP}\n\`\`\`tsx\nexport default function App() {\n  return <p>half`;
    throw new ModelFailure("cut", "socket hang up");
  });
  expect(outcome).toMatchObject({
    state: "cut",
    failure: "cut",
    message: expect.stringMatching(/^Stopped after 1 edit\. The connection/),
  });
  expect(document.read("/src/One.tsx")).toBe("export const one = 1;\n");
  expect(document.read(APP)).toBe(templateFiles.get(APP));
  expect(outcome.result.failed).toMatchObject([
    { reason: "truncated", text: expect.stringContaining("half") },
  ]);
});

test("a model that fails before its first text changes nothing and says why", async () => {
  // biome-ignore lint/correctness/useYield: a model that never comes to it
  const { outcome, document } = await run(async function* () {
    throw new ModelFailure("unauthorized", "answered 401");
  });
  expect(outcome).toMatchObject({
    state: "failed",
    failure: "unauthorized",
    message: expect.stringContaining("refused the key"),
  });
  expect(document.files()).toEqual(new Map([...templateFiles].sort()));
});

test("after a stop nothing is applied, and what was open is taken back", async () => {
  const abort = new AbortController();
  const { outcome, document, drafts } = await run(async function* () {
    yield "/src/New.tsx\n```tsx\nexport const one = 1;\n";
    abort.abort();
    yield "export const two = 2;\n```\n";
  }, abort);
  expect(outcome).toMatchObject({
    state: "stopped",
    message: "Stopped after 0 edits; what was whole is kept.",
  });
  expect(document.read("/src/New.tsx")).toBeNull();
  expect(drafts.at(-1)).toBe("draft-end");
});

test("an empty answer is a failed turn with a sentence", async () => {
  expect((await run(saying())).outcome).toMatchObject({
    state: "failed",
    message: expect.stringContaining("answered nothing"),
  });
});

test("words without edits are a turn that changed nothing", async () => {
  const { outcome, document } = await run(saying("I would rather not.\n"));
  expect(outcome).toMatchObject({ state: "done", answer: "I would rather not." });
  expect(document.files()).toEqual(new Map([...templateFiles].sort()));
});

test("an answer that never ends is stopped at the cap, with whole files", async () => {
  const line = "// again and again\n";
  const { outcome, document } = await run(async function* () {
    yield page("kept");
    yield "/src/Endless.tsx\n```tsx\n";
    for (;;) yield line.repeat(1_000);
  });
  expect(outcome.state).toBe("cut");
  expect(outcome.rawOutput.length).toBeLessThan(limits.turnOutputChars + 100_000);
  expect(document.read(APP)).toContain("kept");
  expect(document.read("/src/Endless.tsx")).toBeNull();
});

test("a turn that takes too long is stopped by the clock it was given", async () => {
  let time = 0;
  const { outcome } = await run(
    async function* () {
      for (;;) {
        time += 10_000;
        yield "word ";
      }
    },
    new AbortController(),
    () => time,
  );
  expect(outcome.state).toBe("cut");
  expect(outcome.message).toContain("limit");
});

const search = (old: string, fresh: string) =>
  `${APP}\n<<<<<<< SEARCH\n${old}\n=======\n${fresh}\n>>>>>>> REPLACE\n`;

/** Answers in the order of the requests, and keeps what was asked. */
function answers(...texts: string[]): { model: Model; asked: string[] } {
  const asked: string[] = [];
  const model: Model = async function* (sent, _signal, note) {
    asked.push(sent.messages.at(-1)?.content ?? "");
    yield texts[asked.length - 1] ?? "";
    note?.({ type: "end", reason: "stop", usage: { inputTokens: 10, outputTokens: 20 } });
  };
  return { model, asked };
}

const GOOD = page("good");
const MISS = search("  return <p>better</p>;", "  return <p>best</p>;");

test("an edit that failed is asked for once more, with why and the real lines, and its cost is told", async () => {
  const { model, asked } = answers(GOOD + MISS, search("  return <p>good</p>;", "  return <p>best</p>;"));
  const { outcome, document } = await run(model, undefined, undefined, true);
  expect(document.read(APP)).toContain("<p>best</p>");
  expect(asked).toHaveLength(2);
  expect(asked[1]).toContain("the searched lines stand nowhere in the file");
  expect(asked[1]).toContain("2:   return <p>good</p>;");
  expect(asked[1]).toContain("return <p>best</p>;");
  expect(outcome.result.failed).toEqual([]);
  expect(outcome.repair).toMatchObject({ asked: 1, mended: 1 });
  expect(outcome.usage).toEqual({ inputTokens: 20, outputTokens: 40 });
  expect(outcome.rawOutput).toContain(MISS);
  outcome.undo.undo();
  expect(document.files()).toEqual(new Map([...templateFiles].sort()));
});

test("what fails again stays failed and is never asked a third time", async () => {
  const { model, asked } = answers(GOOD + MISS, MISS, "never asked");
  const { outcome, document } = await run(model, undefined, undefined, true);
  expect(asked).toHaveLength(2);
  expect(outcome.result.failed).toMatchObject([{ path: APP, reason: "no-match" }]);
  expect(outcome.repair).toMatchObject({ asked: 1, mended: 0 });
  expect(document.read(APP)).toContain("<p>good</p>");
});

test("a connection lost in the repair leaves the turn as it was without it", async () => {
  let asked = 0;
  const model: Model = async function* () {
    if (++asked === 2) throw new ModelFailure("cut", "gone");
    yield GOOD + MISS;
  };
  const { outcome, document } = await run(model, undefined, undefined, true);
  expect(outcome).toMatchObject({ state: "done", failure: null });
  expect(outcome.result.failed).toHaveLength(1);
  expect(document.read(APP)).toContain("<p>good</p>");
});

test("a stopped or cut answer, and a model that does not repair, are not asked again", async () => {
  const stop = new AbortController();
  const stopping = answers(GOOD + MISS);
  const stopped = await run(
    async function* (...all) {
      yield* stopping.model(...all);
      stop.abort();
    },
    stop,
    undefined,
    true,
  );
  expect(stopped.outcome.repair).toBeNull();
  const plain = answers(GOOD + MISS, "never asked");
  await run(plain.model);
  expect(plain.asked).toHaveLength(1);
});

test("an answer that says the same 2,000 characters three times is stopped, and one that only has long files is not", async () => {
  const circle = Array.from({ length: 120 }, (_, line) => `// thought number ${line} of the circle\n`).join(
    "",
  );
  let said = 0;
  const { outcome, document } = await run(async function* () {
    yield page("kept");
    yield "/src/Endless.tsx\n```tsx\n";
    for (; said < 1_000; said++) yield circle;
  });
  expect(outcome).toMatchObject({ state: "cut", message: expect.stringContaining("again and again") });
  expect(said).toBeLessThan(10);
  expect(document.read("/src/Endless.tsx")).toBeNull();
  const straight = Array.from({ length: 2_000 }, (_, line) => `export const line${line} = ${line * 7};\n`);
  const long = await run(saying("/src/long.ts\n```ts\n", ...straight, "```\n"));
  expect(long.outcome.state).toBe("done");
});

test("an answer ends at 200 edits; those are kept", async () => {
  const { outcome } = await run(async function* () {
    for (let edit = 0; edit < 500; edit++) yield whole("/src/One.tsx", `export const one = ${edit};\n`);
  });
  expect(outcome).toMatchObject({ state: "cut", message: expect.stringContaining("200 edits") });
  expect(outcome.result.applied).toHaveLength(limits.turnEdits);
});

test("a locked file keeps its bytes, says so, and is not asked for again", async () => {
  const { model, asked } = answers(
    page("other") + whole("/src/One.tsx", "export const one = 1;\n"),
    "never asked",
  );
  const { outcome, document } = await run(model, undefined, undefined, true, new Set([APP]));
  expect(document.read(APP)).toBe(templateFiles.get(APP));
  expect(document.read("/src/One.tsx")).toBe("export const one = 1;\n");
  expect(outcome.result.failed).toMatchObject([{ path: APP, reason: "locked" }]);
  expect(asked).toHaveLength(1);
});

test("an answer that is steered goes on in the same turn: what was open is taken back, what was whole stays", async () => {
  const { outcome, document, drafts } = await run(async function* (_prompt, _signal, note) {
    note?.({ type: "start", connection: "warm", responseId: "one" });
    yield whole("/src/One.tsx", "export const one = 1;\n");
    yield `${APP}\n\`\`\`tsx\nexport default function App() {\n  return <p>half`;
    note?.({ type: "start", connection: "warm", responseId: "two" });
    yield page("steered");
    note?.({ type: "end", reason: "stop", usage: { inputTokens: 1, outputTokens: 2 } });
  });
  expect(outcome).toMatchObject({ state: "done", message: null });
  expect(outcome.result.failed).toEqual([]);
  expect(outcome.result.applied.map(({ path }) => path)).toEqual(["/src/One.tsx", APP]);
  expect(outcome.timings.steeredAtMs).toHaveLength(1);
  expect(document.read(APP)).toContain("<p>steered</p>");
  expect(drafts.filter((fact) => fact === "draft-start")).toHaveLength(
    drafts.filter((fact) => fact === "draft-end").length,
  );
  outcome.undo.undo();
  expect(document.files()).toEqual(new Map([...templateFiles].sort()));
});
