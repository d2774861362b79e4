/** Turns while they run: started once, stopped, queued, joined in the middle, timed. */
import { expect, test } from "vitest";
import type { RoomClient } from "../../lib/client/room-client.ts";
import type { PromptId, TurnId } from "../../lib/project/ids.ts";
import { APP, file, id, prompt, textOf, useRoomServer } from "./room-server.ts";

const room = useRoomServer();

test("[W8] the same prompt ids twice start the turn once", async () => {
  const { owner, variantId } = await room.createProject();
  let runs = 0;
  room.script = async function* () {
    runs++;
    yield file(APP, "export default function App() {\n  return <p>second</p>;\n}\n");
  };
  const asked = prompt(owner, [variantId]);
  expect(await asked.send(asked.promptId)).toMatchObject({ ok: true });
  expect(await asked.send(asked.promptId)).toMatchObject({ ok: true });
  await expect.poll(() => textOf(owner, variantId)).toContain("second");
  expect(runs).toBe(1);
});

test("[R2] whoever joins in the middle of a stream gets document and draft, and follows from there", async () => {
  const { projectId, owner, variantId } = await room.createProject();
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  room.script = async function* () {
    yield "/src/Late.tsx\n```tsx\nexport const one = 1;\nexport const two = (";
    await gate;
    yield "2);\n```\n";
  };
  await prompt(owner, [variantId]).send();
  await expect.poll(() => owner.drafts(variantId)?.open()[0]?.text).toBe("export const two = (");
  const late = await room.enter({ projectId });
  expect(late.document(variantId)?.read("/src/Late.tsx")).toBe("export const one = 1;\n");
  expect(late.drafts(variantId)?.open()[0]).toMatchObject({
    path: "/src/Late.tsx",
    text: "export const two = (",
  });
  release();
  await expect
    .poll(() => late.document(variantId)?.read("/src/Late.tsx"))
    .toBe("export const one = 1;\nexport const two = (2);\n");
  expect(late.drafts(variantId)?.open()).toEqual([]);
});

test("[R2] whoever joins while text pours in sees each character once", async () => {
  const { projectId, owner, variantId } = await room.createProject();
  let isEnough = false;
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  room.script = async function* () {
    yield `${APP}\n\`\`\`tsx\nexport default function App() {\n  return (\n    <main>\n`;
    for (let line = 0; !isEnough; line++) {
      yield `      <p>line ${line} `;
      yield "is short</p>\n";
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await gate;
  };
  await owner.command("prompt", {
    promptId: id<PromptId>(),
    turnIds: { [variantId]: id<TurnId>() },
    lane: "fast",
    text: "pour",
  });
  const shown = (client: RoomClient) => {
    const drafts = client.drafts(variantId)?.open() ?? [];
    return textOf(client, variantId) + drafts.map(({ text }) => `|${text}`).join("");
  };
  await expect.poll(() => shown(owner)).toContain("line 20 ");
  const others = await Promise.all(Array.from({ length: 12 }, () => room.enter({ projectId })));
  isEnough = true;
  try {
    for (const other of others) await expect.poll(() => shown(other)).toBe(shown(owner));
  } finally {
    release();
  }
});

test("[R8] a turn goes on when everybody has left, and who comes back finds it as far as it is", async () => {
  const { projectId, owner, variantId } = await room.createProject();
  const open: (() => void)[] = [];
  const gates = [0, 1].map((each) => new Promise<void>((resolve) => (open[each] = resolve)));
  room.script = async function* () {
    yield "/src/Alone.tsx\n```tsx\nexport const one = 1;\n";
    await gates[0];
    yield "export const two = 2;\n";
    await gates[1];
    yield "export const three = 3;\n```\n";
  };
  const asked = prompt(owner, [variantId]);
  await asked.send();
  await expect.poll(() => owner.document(variantId)?.read("/src/Alone.tsx")).toContain("one");
  owner.close();
  await expect.poll(() => room.io.sockets.sockets.size).toBe(0);
  open[0]?.();
  const back = await room.enter({ projectId });
  await expect
    .poll(() => back.document(variantId)?.read("/src/Alone.tsx"))
    .toBe("export const one = 1;\nexport const two = 2;\n");
  back.close();
  await expect.poll(() => room.io.sockets.sockets.size).toBe(0);
  open[1]?.();
  const turn = asked.turnIds[variantId];
  const stored = async () => (await room.storage.listTurns(projectId)).find(({ id }) => id === turn);
  await expect.poll(async () => (await stored())?.state).toBe("done");
  const later = await room.enter({ projectId });
  expect(later.document(variantId)?.read("/src/Alone.tsx")).toContain("three");
  expect(later.getSnapshot().turns.find(({ id }) => id === turn)?.state).toBe("done");
});

test("stop ends a turn at once; nothing is applied after it", async () => {
  const { owner, variantId } = await room.createProject();
  let isClosed = false;
  room.script = async function* (_prompt, signal) {
    try {
      yield "/src/Never.tsx\n```tsx\nexport const one = 1;\n";
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      yield "export const two = 2;\n```\n";
    } finally {
      isClosed = true;
    }
  };
  const asked = prompt(owner, [variantId]);
  await asked.send();
  await expect.poll(() => owner.document(variantId)?.read("/src/Never.tsx")).toBe("export const one = 1;\n");
  expect(await owner.command("stop", { turnId: asked.turnIds[variantId] as TurnId })).toMatchObject({
    ok: true,
  });
  await expect.poll(() => owner.getSnapshot().turns.at(-1)?.state).toBe("stopped");
  expect(owner.document(variantId)?.read("/src/Never.tsx")).toBeNull();
  expect(isClosed).toBe(true);
});

test("a prompt for a variant that is writing waits behind it", async () => {
  const { owner, variantId } = await room.createProject();
  const order: string[] = [];
  room.script = async function* ({ request }) {
    order.push(request.text);
    yield `/src/${request.text}.ts\n\`\`\`ts\nexport const a = 1;\n\`\`\`\n`;
  };
  await Promise.all([prompt(owner, [variantId], "one").send(), prompt(owner, [variantId], "two").send()]);
  await expect
    .poll(() => owner.document(variantId)?.paths())
    .toEqual(expect.arrayContaining(["/src/one.ts", "/src/two.ts"]));
  expect(order).toEqual(["one", "two"]);
});

test("the times of a turn that waited begin when it runs, and say how long it waited", async () => {
  const { owner, variantId } = await room.createProject();
  const MINUTE_MS = 60_000;
  let asked = 0;
  room.script = async function* ({ request }) {
    // The first takes a minute to come to its first word; the second is waiting by then.
    if (asked++ === 0) {
      await accepted;
      room.aheadMs += MINUTE_MS;
    }
    yield `/src/${request.text}.ts\n\`\`\`ts\nexport const a = 1;\n\`\`\`\n`;
  };
  const [one, two] = [prompt(owner, [variantId], "one"), prompt(owner, [variantId], "two")];
  const accepted = Promise.all([one.send(), two.send()]);
  await accepted;
  const timingsOf = (turnId: TurnId | undefined) =>
    owner.getSnapshot().turns.find((turn) => turn.id === turnId)?.timings ?? null;
  await expect.poll(() => timingsOf(two.turnIds[variantId])).not.toBeNull();
  const [first, second] = [timingsOf(one.turnIds[variantId]), timingsOf(two.turnIds[variantId])];
  expect(first?.firstTextMs).toBeGreaterThanOrEqual(MINUTE_MS);
  expect(second?.waitedMs).toBeGreaterThanOrEqual(MINUTE_MS);
  expect(second?.firstTextMs).toBeLessThan(MINUTE_MS);
  expect(second?.totalMs).toBeLessThan(MINUTE_MS);
});

test("a page can ask for the server's time, and learns from the frames of a turn how long its text took", async () => {
  const { projectId, owner, variantId } = await room.createProject();
  const answer = await owner.command("clock", {});
  expect(answer.ok && Math.abs(answer.nowMs - Date.now())).toBeLessThan(60_000);
  const viewer = await room.enter({ projectId });
  const { send, turnIds } = prompt(owner, [variantId]);
  await send();
  const turnId = turnIds[variantId] as TurnId;
  await expect.poll(() => viewer.trace.read(turnId)?.frames).toBeGreaterThan(0);
  // Nothing was painted: there is no preview here.
  expect(viewer.trace.read(turnId)).toMatchObject({ shown: 0, way: null });
});
