/** Variants on the table: taken off, put back and lain in another order, seen by everybody and kept over a restart. */
import { expect, test } from "vitest";
import type { RoomClient } from "../../lib/client/room-client.ts";
import type { VariantId } from "../../lib/project/ids.ts";
import { id, textOf, type, useRoomServer } from "./room-server.ts";

const room = useRoomServer();

/** A set of three, as a fork makes one. */
async function threeOf(owner: RoomClient, variantId: VariantId): Promise<VariantId[]> {
  const variantIds = [id<VariantId>(), id<VariantId>(), id<VariantId>()];
  expect(await owner.command("fork", { variantId, variantIds })).toMatchObject({ ok: true });
  return variantIds;
}

function orderOf(client: RoomClient, ids: readonly VariantId[]): VariantId[] {
  const { variants } = client.getSnapshot();
  const wanted = variants.filter(({ id: each, deletedAt }) => ids.includes(each) && deletedAt === null);
  return wanted.sort((a, b) => a.position - b.position).map((each) => each.id);
}

test("[H4] a deleted variant leaves every page's table and comes back with its text, after a restart too", async () => {
  const { projectId, owner, variantId } = await room.createProject();
  const guest = await room.enter({ projectId });
  const ids = await threeOf(owner, variantId);
  const [a, b, c] = ids as [VariantId, VariantId, VariantId];
  type(owner, b, 0, "// mine\n");
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  expect(await owner.command("delete", { variantId: b, deleted: true })).toMatchObject({ ok: true });
  await expect.poll(() => orderOf(guest, ids)).toEqual([a, c]);

  for (const client of room.clients) client.close();
  await room.stop();
  await room.start();
  const back = await room.enter({ projectId });
  expect(orderOf(back, ids)).toEqual([a, c]);
  expect(await back.command("delete", { variantId: b, deleted: false })).toMatchObject({ ok: true });
  await expect.poll(() => orderOf(back, ids)).toEqual([a, b, c]);
  expect(textOf(back, b)).toContain("// mine");
});

test("[H4] the last variant of a set is not deleted, whatever other sets there are", async () => {
  const { owner, variantId } = await room.createProject();
  const [a, b, c] = (await threeOf(owner, variantId)) as [VariantId, VariantId, VariantId];
  for (const each of [a, b])
    expect(await owner.command("delete", { variantId: each, deleted: true })).toMatchObject({ ok: true });
  const refused = { ok: false, code: "last-variant" };
  expect(await owner.command("delete", { variantId: c, deleted: true })).toMatchObject(refused);
});

test("[H5] another order is seen by everybody; letters stay with their variants", async () => {
  const { projectId, owner, variantId } = await room.createProject();
  const guest = await room.enter({ projectId });
  const ids = await threeOf(owner, variantId);
  const [a, b, c] = ids as [VariantId, VariantId, VariantId];
  expect(await owner.command("reorder", { variantIds: [c, a, b] })).toMatchObject({ ok: true });
  await expect.poll(() => orderOf(guest, ids)).toEqual([c, a, b]);
  const stored = await room.storage.listVariants(projectId);
  const letters = stored.filter((each) => ids.includes(each.id)).map(({ letter }) => letter);
  expect(letters).toEqual(["C", "A", "B"]);
});

test("[H5] an order that is not of one whole set on the table is refused", async () => {
  const { owner, variantId } = await room.createProject();
  const [a, b, c] = (await threeOf(owner, variantId)) as [VariantId, VariantId, VariantId];
  const bad = [
    [a, b],
    [a, a, b],
    [a, b, variantId],
    [a, b, id<VariantId>()],
  ];
  for (const variantIds of bad)
    expect(await owner.command("reorder", { variantIds }), variantIds.join()).toMatchObject({ ok: false });
  expect(await owner.command("delete", { variantId: c, deleted: true })).toMatchObject({ ok: true });
  expect(await owner.command("reorder", { variantIds: [b, a] })).toMatchObject({ ok: true });
});
