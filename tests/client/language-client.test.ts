import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLanguageClient, type LanguageWorker } from "../../lib/client/language-client.ts";
import type { Origin } from "../../lib/document/types.ts";
import { VariantDocument } from "../../lib/document/variant-document.ts";
import type { FromLanguage, ToLanguage } from "../../lib/language/types.ts";

const person: Origin = { kind: "person", clientId: "p" };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The worker's side is played by the test: what a check costs is not what is looked at here. */
function open() {
  const document = VariantDocument.seed(new Map([["/src/App.tsx", "app\n"]]), "seed");
  const sent: ToLanguage[] = [];
  let isTerminated = false;
  const worker: LanguageWorker = {
    onmessage: null,
    postMessage: (message: ToLanguage) => void sent.push(message),
    terminate: () => {
      isTerminated = true;
    },
  };
  let writing = false;
  const waiting = new Set<() => void>();
  const client = createLanguageClient({
    document,
    typesUrl: "/types.json",
    openWorker: () => worker,
    isWriting: () => writing,
    onQuiet: (listener) => {
      waiting.add(listener);
      return () => waiting.delete(listener);
    },
    whenIdle: (work) => {
      const timer = setTimeout(work, 0);
      return () => clearTimeout(timer);
    },
  });
  return {
    document,
    client,
    sent,
    answer: (message: FromLanguage) => worker.onmessage?.({ data: message } as MessageEvent<FromLanguage>),
    write(isOn: boolean) {
      writing = isOn;
      if (!isOn) for (const listener of [...waiting]) listener();
    },
    isTerminated: () => isTerminated,
    types: () => sent.map(({ type }) => type),
  };
}

test("it starts with all files, and checks once they are there", () => {
  const { sent, answer, types, client } = open();
  expect(sent).toEqual([{ type: "start", typesUrl: "/types.json", files: [["/src/App.tsx", "app\n"]] }]);
  vi.advanceTimersByTime(5_000);
  expect(types()).toEqual(["start"]);
  answer({ type: "ready" });
  vi.advanceTimersByTime(301);
  expect(types()).toEqual(["start", "check"]);
  expect(client.get().state).toBe("checking");
  answer({ type: "checked", id: 1, problems: [], ms: 1 });
  expect(client.get().state).toBe("ready");
});

test("typing is one change and one check after a pause; a check that runs is given up, and its answer counts for nothing", () => {
  const { document, answer, types, sent, client } = open();
  answer({ type: "ready" });
  vi.advanceTimersByTime(301);
  for (const letter of "many") {
    document.splice("/src/App.tsx", 0, 0, letter, person);
    vi.advanceTimersByTime(200);
  }
  expect(types()).toEqual(["start", "check", "cancel"]);
  const late = { path: "/src/App.tsx", from: 0, to: 1, line: 1, column: 1, message: "old", code: "TS1" };
  answer({ type: "checked", id: 1, problems: [{ ...late, severity: "error" }], ms: 1 });
  expect(client.get().problems).toEqual([]);
  vi.advanceTimersByTime(301);
  expect(types()).toEqual(["start", "check", "cancel", "change", "check"]);
  expect(sent[3]).toEqual({ type: "change", files: [["/src/App.tsx", "ynamapp\n"]] });
});

test("while a model writes nothing is sent; when it is done there is one check of what it left", () => {
  const { document, answer, types, sent, write } = open();
  answer({ type: "ready" });
  write(true);
  for (let token = 0; token < 500; token++) {
    document.splice("/src/App.tsx", 0, 0, "x", { kind: "remote" });
    vi.advanceTimersByTime(16);
  }
  vi.advanceTimersByTime(2_000);
  document.remove("/src/App.tsx", { kind: "remote" });
  vi.advanceTimersByTime(2_000);
  expect(types()).toEqual(["start"]);
  write(false);
  vi.advanceTimersByTime(601);
  expect(types()).toEqual(["start", "change", "check"]);
  expect(sent[1]).toEqual({ type: "change", files: [["/src/App.tsx", null]] });
});

test("a question goes with what was typed before it; after the end nobody is left waiting", async () => {
  const { document, answer, types, client, isTerminated } = open();
  expect(await client.complete("/src/App.tsx", 1)).toBeNull();
  answer({ type: "ready" });
  vi.advanceTimersByTime(301);
  document.splice("/src/App.tsx", 0, 0, "c", person);
  const asked = client.complete("/src/App.tsx", 1);
  expect(types().slice(-3)).toEqual(["cancel", "change", "complete"]);
  const suggestions = { from: 0, to: 1, items: [{ label: "clsx", kind: "const", sortText: "11" }] };
  answer({ type: "completed", id: 2, suggestions });
  expect(await asked).toEqual(suggestions);
  const left = client.explain("/src/App.tsx", 1);
  client.close();
  expect(await left).toBeNull();
  expect(isTerminated()).toBe(true);
  document.splice("/src/App.tsx", 0, 0, "d", person);
  vi.advanceTimersByTime(1_000);
  expect(types().at(-1)).toBe("explain");
});

test("what cannot be loaded is said", () => {
  const { answer, client } = open();
  answer({ type: "failed", message: "the server answered 404" });
  expect(client.get()).toMatchObject({ state: "failed", message: "the server answered 404" });
});
