/** Networks and disks that misbehave, between real sockets: through a proxy that delays, throttles, goes silent and cuts. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RoomClient } from "../../lib/client/room-client.ts";
import type { VariantId } from "../../lib/project/ids.ts";
import { StorageFailure } from "../../lib/storage/types.ts";
import { type FaultProxy, startFaultProxy } from "../fixtures/fault-proxy.ts";
import { textOf, type, useRoomServer } from "./room-server.ts";

const room = useRoomServer({ pingInterval: 400, pingTimeout: 400 });
let proxy: FaultProxy;
beforeEach(async () => {
  proxy = await startFaultProxy(() => Number(new URL(room.url).port));
});
afterEach(() => proxy.close());

const through = () => `http://127.0.0.1:${proxy.port}`;

async function equal(variantId: VariantId, ...clients: RoomClient[]): Promise<void> {
  for (const client of clients) await expect.poll(() => client.getSnapshot().pendingUpdates).toBe(0);
  await expect.poll(() => new Set(clients.map((client) => textOf(client, variantId))).size).toBe(1);
  for (const client of clients) expect(client.document(variantId)?.hasPending()).toBe(false);
}

test.each(["cut", "silent", "slow"] as const)(
  "[R3] a connection that is %s while both sides write ends with equal texts, all edits in them",
  async (fault) => {
    const { projectId, owner, variantId } = await room.createProject();
    const other = await room.enter({ projectId }, through());
    for (let round = 0; round < 4; round++) {
      if (fault === "slow") proxy.delay(80);
      else if (fault === "silent") proxy.silence(true);
      for (let line = 0; line < 10; line++) {
        type(owner, variantId, 0, `// o${round}.${line}\n`);
        type(other, variantId, 0, `// p${round}.${line}\n`);
      }
      if (fault === "cut") proxy.cut();
      // Half-open is noticed by the pings, on both sides.
      if (fault === "silent" && round === 0)
        await expect.poll(() => owner.getSnapshot().people.length).toBe(1);
      proxy.silence(false);
      type(other, variantId, 0, `// after ${round}\n`);
    }
    await equal(variantId, owner, other);
    for (let round = 0; round < 4; round++)
      for (const each of [`// o${round}.9\n`, `// p${round}.9\n`, `// after ${round}\n`])
        expect(textOf(owner, variantId)).toContain(each);
  },
);

test("[W20] while the disk is full nothing is acknowledged and the page says so; when there is room all is stored", async () => {
  const { projectId } = await room.createProject();
  for (const client of room.clients.splice(0)) client.close();
  await room.stop();
  let isFull = false;
  await room.start((inner) => ({
    ...inner,
    appendUpdates: async (updates) => {
      if (isFull) throw new StorageFailure("read-only", "The disk is nearly full.");
      return inner.appendUpdates(updates);
    },
  }));
  const owner = await room.enter({ projectId });
  const witness = await room.enter({ projectId });
  const variantId = owner.getSnapshot().variants[0]?.id as VariantId;
  isFull = true;
  type(owner, variantId, 0, "// kept here\n");
  await expect.poll(() => owner.getSnapshot().storing).toBe("storage-full");
  expect(owner.getSnapshot().pendingUpdates).toBeGreaterThan(0);
  isFull = false;
  await expect.poll(() => owner.getSnapshot()).toMatchObject({ storing: null, pendingUpdates: 0 });
  await equal(variantId, owner, witness);
  for (const client of room.clients.splice(0)) client.close();
  await room.stop();
  await room.start();
  const late = await room.enter({ projectId });
  expect(textOf(late, variantId)).toContain("// kept here\n");
});
