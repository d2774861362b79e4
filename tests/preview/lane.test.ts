/** The lane on real parts: a document a model writes, a real MessagePort, and the frame's own file table at its other end. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { createDraftBook } from "../../lib/document/draft-book.ts";
import { openEditSession } from "../../lib/document/edit-session.ts";
import { VariantDocument } from "../../lib/document/variant-document.ts";
import { createEditParser } from "../../lib/edit/parser.ts";
import { checkFromFrame } from "../../lib/preview/check.ts";
import { createPreviewLane, type PreviewLane } from "../../lib/preview/lane.ts";
import type { Batch, ToFrame } from "../../lib/preview/protocol.ts";
import type { TurnId } from "../../lib/project/ids.ts";
import { Files } from "../../lib/runtime/files.ts";
import { piecesOf } from "../edit/apply.ts";

const APP = "/src/App.tsx";
const turnId = "turn-0001" as TurnId;

/** A frame that keeps what it is told, and asks again when a patch does not fit. */
function connectFrame(
  lane: PreviewLane,
  afterBatch: (files: Files) => void = () => {},
): { files: Files; settled(): Promise<void>; close(): void } {
  const files = new Files();
  const { port1, port2 } = new MessageChannel();
  let heard = () => {};
  const take = (message: ToFrame) => {
    if (message.type === "triptych:files") files.replaceAll(message.files, message.drafts);
    else if (message.type === "triptych:streaming" && !message.on) heard();
    const taken = files.take(message);
    if (taken && "resync" in taken) port2.postMessage({ type: "triptych:resync", path: taken.resync });
  };
  port2.onmessage = ({ data }: { data: Batch }) => {
    data.forEach(take);
    afterBatch(files);
  };
  lane.connect(port1);
  return {
    files,
    // Messages of a port keep their order: this one is behind all that was sent before.
    settled: () =>
      new Promise((resolve) => {
        heard = resolve;
        lane.setStreaming(true);
        lane.setStreaming(false);
      }),
    close: () => port2.close(),
  };
}

function openModel() {
  const document = VariantDocument.seed(
    new Map([[APP, "export default function App() {\n  return <p>old</p>;\n}\n"]]),
    "s",
  );
  const drafts = createDraftBook(document);
  const session = openEditSession(document, { kind: "model", turnId });
  const parser = createEditParser({
    read: (path) => document.read(path),
    paths: () => document.paths(),
    region: (id) => session.region(id),
  });
  const apply = (edits: Iterable<Parameters<typeof session.apply>[0]>) => {
    for (const edit of edits) for (const fact of session.apply(edit)) drafts.apply(fact, turnId);
  };
  return {
    document,
    drafts,
    push: (text: string) => apply(parser.push(text)),
    end: () => apply(parser.end("stop")),
  };
}

const ANSWER = `${APP}
\`\`\`tsx
import { Hero } from "./Hero";

export default function App() {
  return (
    <main>
${Array.from({ length: 20 }, (_, line) => `      <p>line ${line}</p>\n`).join("")}      <Hero />
    </main>
  );
}
\`\`\`
/src/Hero.tsx
\`\`\`tsx
export function Hero() {
  return <h1>New</h1>;
}
\`\`\`
`;

test("the frame holds document and drafts, however the text is cut and whenever a new port comes", async () => {
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: 60 }),
    fc.array(fc.nat(60), { maxLength: 4 }),
    async (length, reconnects) => {
      const { document, drafts, push, end } = openModel();
      const lane = createPreviewLane({ onMessage: () => {} });
      lane.show({ document, drafts });
      let frame = connectFrame(lane);
      let piece = 0;
      for (const text of piecesOf(ANSWER, length)) {
        push(text);
        if (!reconnects.includes(piece++)) continue;
        frame.close();
        frame = connectFrame(lane);
      }
      await frame.settled();
      for (const path of document.paths()) expect(frame.files.read(path)).toBe(document.read(path));
      const [draft] = drafts.open();
      if (draft?.text) expect(frame.files.toPaint(draft.path)?.open?.partial ?? draft.text).toBe(draft.text);
      end();
      await frame.settled();
      expect(frame.files.read(APP)).toContain("<p>line 19</p>");
      expect(frame.files.read("/src/Hero.tsx")).toContain("<h1>New</h1>");
      expect(frame.files.hasDrafts()).toBe(false);
      frame.close();
      lane.close();
    },
  );
  await fc.assert(property, { numRuns: 40 });
});

test("no state between two messages shows a line twice: a splice and its draft come together", async () => {
  const { document, drafts, push } = openModel();
  const lane = createPreviewLane({ onMessage: () => {} });
  lane.show({ document, drafts });
  let states = 0;
  const frame = connectFrame(lane, (files) => {
    const text = files.toPaint(APP)?.text ?? "";
    states++;
    for (let line = 0; line < 20; line++) expect(text.split(`line ${line}<`).length).toBeLessThan(3);
  });
  for (const text of piecesOf(ANSWER, 30)) {
    push(text);
    await frame.settled();
  }
  expect(states).toBeGreaterThan(20);
  frame.close();
  lane.close();
});

test("a frame that missed a patch asks for the file and has it again", async () => {
  const { document, drafts } = openModel();
  const lane = createPreviewLane({ onMessage: () => {} });
  lane.show({ document, drafts });
  const frame = connectFrame(lane);
  await frame.settled();
  frame.files.take({ type: "triptych:file", path: APP, rev: 7, text: "lost", seq: 0 });
  document.splice(APP, 0, 0, "// first\n", { kind: "remote" });
  await expect.poll(() => frame.files.read(APP)).toMatch(/^\/\/ first\nexport default/);
  frame.close();
  lane.close();
});

test("another variant in the same frame replaces every file", async () => {
  const one = openModel();
  const other = VariantDocument.seed(new Map([["/src/Other.tsx", "export const other = 1;\n"]]), "t");
  const lane = createPreviewLane({ onMessage: () => {} });
  lane.show(one);
  const frame = connectFrame(lane);
  lane.show({ document: other, drafts: createDraftBook(other) });
  await frame.settled();
  expect(frame.files.paths()).toEqual(["/src/Other.tsx"]);
  one.push(ANSWER);
  await frame.settled();
  expect(frame.files.paths()).toEqual(["/src/Other.tsx"]);
  frame.close();
  lane.close();
});

test("nothing that a frame says makes the check throw, and only whole messages pass", () => {
  fc.assert(
    fc.property(fc.anything(), (data) => {
      const message = checkFromFrame(data);
      expect(message === null || message.type.startsWith("triptych:")).toBe(true);
    }),
  );
  expect(checkFromFrame({ type: "triptych:painted", seq: 1 })).toBeNull();
  expect(checkFromFrame({ type: "triptych:painted", seq: 1, at: 2, more: "dropped" })).toEqual({
    type: "triptych:painted",
    seq: 1,
    at: 2,
    isBlank: false,
  });
  expect(checkFromFrame({ type: "triptych:key", key: "k".repeat(30_000) })).toBeNull();
});

test("who measures hears the number of the last message that left, and of none without a port", async () => {
  const { document, drafts, push } = openModel();
  const handed: number[] = [];
  const received: number[] = [];
  const lane = createPreviewLane({ onMessage: () => {}, onHanded: (seq) => handed.push(seq) });
  lane.show({ document, drafts });
  push(ANSWER.slice(0, 200));
  await Promise.resolve();
  expect(handed).toEqual([]);
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = ({ data }: { data: Batch }) => {
    const last = data.at(-1);
    if (last && "seq" in last) received.push(last.seq);
  };
  lane.connect(port1);
  await expect.poll(() => received.length).toBe(1);
  push(ANSWER.slice(200, 300));
  await expect.poll(() => received.length).toBe(2);
  expect(handed).toEqual(received);
  port2.close();
  lane.close();
});
