/**
 * Provider faults as a turn ends with them (models.md §7): every driver on a scripted server over real sockets, through the
 * real parser into a real document. Files are whole, the turn has ended, and a sentence says why. What the drivers make of
 * each fault is in tests/model/faults.test.ts.
 */
import { afterEach, describe, expect, test } from "vitest";
import { VariantDocument } from "../../lib/document/variant-document.ts";
import type { HttpOptions } from "../../lib/model/http-driver.ts";
import type { Driver } from "../../lib/model/types.ts";
import type { TurnId } from "../../lib/project/ids.ts";
import { templateFiles } from "../../lib/project/template.ts";
import { accepts } from "../../lib/room/accepts.ts";
import { runTurn } from "../../lib/turn/run-turn.ts";
import type { TurnOutcome } from "../../lib/turn/types.ts";
import { freePorts } from "../fixtures/free-ports.ts";
import { createBed, KEY, makeDriver, prompt, wires } from "../fixtures/providers/every-driver.ts";
import type { Step } from "../fixtures/providers/script.ts";

const bed = createBed();
afterEach(bed.clear);

const APP = "/src/App.tsx";
const ONE = "/src/One.tsx";
const whole = (path: string, code: string) => `${path}\n\`\`\`tsx\n${code}\`\`\`\n`;
const one = whole(ONE, "export const one = 1;\n");
const half = `${APP}\n\`\`\`tsx\nexport default function App() {\n  return <p>half`;
const firstLine = (templateFiles.get(APP) ?? "").split("\n")[0] ?? "";
/** One of the file's lines is replaced; the block's last marker never comes. */
const unclosed = (by: string) => `${APP}\n<<<<<<< SEARCH\n${firstLine}\n=======\n${by}\n`;

type Ending = {
  state: TurnOutcome["state"];
  says: RegExp | null;
  /** The first of two edits is in the document. */
  keeps?: boolean;
  patience?: Partial<HttpOptions>;
};

const rows: [what: string, script: Step[], ending: Ending][] = [
  ["401", [{ status: 401 }], { state: "failed", says: /refused the key/ }],
  [
    "404 of the model",
    [{ status: 404 }],
    { state: "failed", says: /does not know this model.*"scripted" at http/ },
  ],
  [
    "429 with a time",
    [{ status: 429, headers: { "retry-after": "7" } }],
    { state: "failed", says: /used up for now\. Try again in 7 s/ },
  ],
  ["429 without a time", [{ status: 429 }], { state: "failed", says: /used up for now/ }],
  ["503", [{ status: 503 }], { state: "failed", says: /overloaded or failing/ }],
  [
    "nothing at all",
    [{ never: true }],
    { state: "failed", says: /did not begin/, patience: { firstTextMs: 150 } },
  ],
  ["an empty answer", [], { state: "failed", says: /answered nothing; no file was changed/ }],
  [
    "a refusal in words",
    [{ refusal: "I would rather not." }, { finishReason: "content_filter" }],
    { state: "done", says: null },
  ],
  [
    "a connection that is cut in an edit",
    [{ text: one + half }, { cut: true }],
    { state: "cut", says: /^Stopped after 1 edit\. The connection/, keeps: true },
  ],
  [
    "silence in an edit",
    [{ text: one + half }, { never: true }],
    {
      state: "cut",
      says: /^Stopped after 1 edit\. The model stopped/,
      keeps: true,
      patience: { idleMs: 150 },
    },
  ],
  [
    "an error in an edit",
    [{ text: one + half }, { error: { code: "server_error", message: "gone" } }],
    { state: "cut", says: /^Stopped after 1 edit\. The model server is overloaded/, keeps: true },
  ],
  [
    "the length limit in an edit",
    [{ text: one + half, finishReason: "length" }],
    { state: "cut", says: /^Stopped after 1 edit: the model reached its length limit/, keeps: true },
  ],
  [
    "an end of the stream in an edit",
    [{ text: one + half, finishReason: null, done: false }],
    { state: "cut", says: /^Stopped after 1 edit/, keeps: true },
  ],
  [
    "an end that the model says in an edit",
    [{ text: one + half }],
    { state: "done", says: null, keeps: true },
  ],
];

describe.each(wires)("%s", (wire) => {
  test.each(rows)("%s", async (_what, script, { state, says, keeps = false, patience }) => {
    await bed.serve(script);
    const { outcome, document } = await run(bed.driver(wire, patience));
    expect(outcome.state).toBe(state);
    if (says) expect(outcome.message).toMatch(says);
    else expect(outcome.message).toBeNull();
    expect(document.read(ONE)).toBe(keeps ? "export const one = 1;\n" : null);
    expect(document.read(APP)).toBe(templateFiles.get(APP));
    expect(outcome.message ?? "").not.toContain(KEY);
  });

  test("nobody listens", async () => {
    const [port] = await freePorts(1);
    const driver = makeDriver(wire, `http://127.0.0.1:${port}/v1`);
    const { outcome, document } = await run(driver);
    await driver.close();
    expect(outcome).toMatchObject({ state: "failed", message: expect.stringMatching(/cannot be reached/) });
    expect(document.files()).toEqual(new Map([...templateFiles].sort()));
  });

  test("a last marker that is missing at the model's own end is made up, when the file then parses", async () => {
    await bed.serve((call) => [{ text: unclosed(call === 0 ? `${firstLine} // kept` : `${firstLine} {{{`) }]);
    const good = await run(bed.driver(wire));
    expect(good.document.read(APP)).toContain("// kept");
    expect(good.outcome.result.warnings).toHaveLength(1);
    const bad = await run(bed.driver(wire));
    expect(bad.document.read(APP)).toBe(templateFiles.get(APP));
    expect(bad.outcome.result).toMatchObject({ applied: [], failed: [{ path: APP }] });
  });

  test("a stop in an edit: nothing is applied after it, and the provider is told", async () => {
    const server = await bed.serve([{ text: one + half }, { never: true }]);
    const abort = new AbortController();
    const { outcome, document } = await run(bed.driver(wire), abort, { stopAt: "half" });
    expect(outcome.state).toBe("stopped");
    expect(outcome.message).toBe("Stopped after 1 edit; what was whole is kept.");
    expect(document.read(APP)).toBe(templateFiles.get(APP));
    await expect.poll(() => server.requests[0]?.aborted).toBe(true);
  });

  test("a model that reasons and reasons is stopped by the turn's own time", async () => {
    const server = await bed.serve(Array.from({ length: 2_000 }, () => ({ thinking: true, delayMs: 5 })));
    const began = performance.now();
    // Ten minutes pass in a second.
    const now = () => (performance.now() - began) * 600;
    const { outcome } = await run(bed.driver(wire), new AbortController(), { now });
    expect(outcome).toMatchObject({
      state: "cut",
      message: expect.stringMatching(/it took longer than 120 s/),
    });
    await expect.poll(() => server.requests[0]?.aborted).toBe(true);
  });
});

async function run(
  { model }: Driver,
  abort = new AbortController(),
  { stopAt, now = () => performance.now() }: { stopAt?: string; now?: () => number } = {},
): Promise<{ outcome: TurnOutcome; document: VariantDocument }> {
  const document = VariantDocument.seed(templateFiles, "s");
  const outcome = await runTurn({
    ...{ prompt, document, accepts, now, beganAt: now(), repairs: false },
    model: async function* (...asked) {
      let said = "";
      for await (const text of model(...asked)) {
        said += text;
        yield text;
        if (stopAt && said.endsWith(stopAt)) abort.abort();
      }
    },
    signal: abort.signal,
    turnId: "turn-0001" as TurnId,
    hooks: { onDraft: () => {}, onProgress: () => {} },
  });
  for (const [path, text] of document.files()) expect(accepts(path, text), path).toBe(true);
  return { outcome, document };
}
