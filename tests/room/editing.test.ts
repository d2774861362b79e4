/** Edits of people: merged, stored before they are acknowledged, kept over losses and restarts. */
import { io } from "socket.io-client";
import { expect, test } from "vitest";
import type { VariantId } from "../../lib/project/ids.ts";
import { PROTOCOL, SOCKET_PATH } from "../../lib/wire/events.ts";
import { id, prompt, textOf, type, useRoomServer } from "./room-server.ts";

const room = useRoomServer();

test("[R1] two editors who type at once end with the same text, and the log rebuilds it", async () => {
  const { projectId, owner, variantId } = await room.createProject();
  const other = await room.enter({ projectId });
  for (let round = 0; round < 20; round++) {
    type(owner, variantId, 0, `// o${round}\n`);
    type(other, variantId, 0, `// p${round}\n`);
  }
  await expect.poll(() => owner.getSnapshot().pendingUpdates + other.getSnapshot().pendingUpdates).toBe(0);
  await expect.poll(() => textOf(owner, variantId)).toBe(textOf(other, variantId));
  const text = textOf(owner, variantId);
  for (let round = 0; round < 20; round++) expect(text).toContain(`// o${round}\n`);
  const late = await room.enter({ projectId });
  expect(textOf(late, variantId)).toBe(text);
});

test("[W5] an update is acknowledged only after it is stored", async () => {
  const { projectId } = await room.createProject();
  for (const client of room.clients) client.close();
  await room.stop();
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isGated = false;
  await room.start((inner) => ({
    ...inner,
    appendUpdates: async (updates) => {
      if (isGated) await gate;
      return inner.appendUpdates(updates);
    },
  }));
  const owner = await room.enter({ projectId });
  const variantId = owner.getSnapshot().variants[0]?.id as VariantId;
  const witness = await room.enter({ projectId });
  isGated = true;
  type(owner, variantId, 0, "// waits\n");
  // Others see it before it is stored; the ack does not come.
  await expect.poll(() => textOf(witness, variantId)).toContain("// waits");
  expect(owner.getSnapshot().pendingUpdates).toBe(1);
  release();
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  expect((await room.storage.loadDocument(variantId)).updates.length).toBeGreaterThan(0);
});

test("[W7] malformed update bytes are refused, and the third closes the socket", async () => {
  const { projectId, owner, variantId } = await room.createProject();
  const other = await room.enter({ projectId });
  const before = textOf(owner, variantId);
  const bad = () =>
    other.command("update", { variantId, updateId: id(), bytes: new Uint8Array([9, 9, 9, 9]) });
  expect(await bad()).toMatchObject({ ok: false, code: "bad-update" });
  expect(await bad()).toMatchObject({ ok: false, code: "bad-update" });
  await bad();
  type(owner, variantId, 0, "// fine\n");
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  expect(textOf(owner, variantId)).toBe(`// fine\n${before}`);
});

test("[R3] what was typed while the connection was gone reaches the server after it is back", async () => {
  const { projectId, owner, variantId } = await room.createProject();
  await room.stop();
  await expect.poll(() => owner.getSnapshot().status).toBe("reconnecting");
  type(owner, variantId, 0, "// typed offline\n");
  await room.start();
  await expect.poll(() => owner.getSnapshot().status).toBe("live");
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  const late = await room.enter({ projectId });
  expect(textOf(late, variantId)).toMatch(/^\/\/ typed offline\n/);
});

test("[R4] a new server on the same storage has everything that was acknowledged", async () => {
  const { projectId, owner, variantId } = await room.createProject(3);
  type(owner, variantId, 0, "// kept\n");
  await owner.command("keep", { variantId, kept: true });
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  const before = owner.getSnapshot();
  const text = textOf(owner, variantId);
  owner.close();
  await room.stop();
  await room.reopenStorage();
  await room.start();
  const again = await room.enter({ projectId });
  expect(textOf(again, variantId)).toBe(text);
  expect(again.getSnapshot().variants.map(({ letter, keptAt }) => [letter, keptAt !== null])).toEqual([
    ["A", true],
    ["B", false],
    ["C", false],
  ]);
  expect(
    again
      .getSnapshot()
      .turns.map((turn) => turn.id)
      .sort(),
  ).toEqual(before.turns.map((turn) => turn.id).sort());
});

test("[R3] what was only deleted while the connection was gone is deleted after it is back", async () => {
  const { projectId, owner, variantId } = await room.createProject();
  type(owner, variantId, 0, "// goes\n");
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  await room.stop();
  await expect.poll(() => owner.getSnapshot().status).toBe("reconnecting");
  owner
    .document(variantId)
    ?.splice("/src/App.tsx", 0, "// goes\n".length, "", { kind: "person", clientId: "test" });
  await room.start();
  await expect.poll(() => owner.getSnapshot()).toMatchObject({ status: "live", pendingUpdates: 0 });
  const late = await room.enter({ projectId });
  expect(textOf(late, variantId)).not.toContain("// goes");
});

test("a server that stops tells its pages, marks the turns that run and stores what waits", async () => {
  const { projectId, owner, variantId } = await room.createProject();
  let isWriting = false;
  room.script = async function* (_prompt, signal) {
    yield "/src/Half.tsx\n```tsx\nexport const whole = 1;\n```\n/src/Never.tsx\n```tsx\nexport const";
    isWriting = true;
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
  };
  const codes: string[] = [];
  const plain = io(room.url, {
    path: SOCKET_PATH,
    auth: { protocol: PROTOCOL, projectId },
    transports: ["websocket"],
    forceNew: true,
  });
  plain.on("bye", ({ code }) => codes.push(code));
  await expect.poll(() => plain.connected).toBe(true);
  const asked = prompt(owner, [variantId]);
  await asked.send();
  await expect.poll(() => isWriting).toBe(true);
  type(owner, variantId, 0, "// the last words\n");
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  await room.stop();
  plain.disconnect();
  expect(codes).toEqual(["restart"]);
  const [turn] = (await room.storage.listTurns(projectId)).filter(
    ({ id }) => id === asked.turnIds[variantId],
  );
  expect(turn).toMatchObject({ state: "cut", message: expect.stringMatching(/whole is kept/) });
  await room.start();
  const late = await room.enter({ projectId });
  expect(textOf(late, variantId)).toContain("// the last words\n");
  expect(late.document(variantId)?.read("/src/Half.tsx")).toBe("export const whole = 1;\n");
  expect(late.document(variantId)?.read("/src/Never.tsx")).toBeNull();
});

test("[R6] frames that were lost on the way are made up for by a beacon", async () => {
  const { projectId, owner, variantId } = await room.createProject();
  const other = await room.enter({ projectId });
  let lost = 0;
  for (const { conn } of room.io.sockets.sockets.values()) {
    const write = conn.write.bind(conn);
    // Of what is written as it stands only frames are bytes (one-buffer.ts).
    conn.write = (data, options, ...rest) => {
      if (typeof data === "string" || !options || !("wsPreEncodedFrame" in options))
        return write(data, options, ...rest);
      lost++;
      return conn;
    };
  }
  type(owner, variantId, 0, "// not heard\n");
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  await expect.poll(() => lost).toBeGreaterThan(0);
  await expect.poll(() => textOf(other, variantId)).toContain("// not heard");
});
