/** Fork, restore, undo. */
import { expect, test } from "vitest";
import type { CommitId, TurnId, VariantId } from "../../lib/project/ids.ts";
import { APP, file, id, prompt, textOf, type, useRoomServer } from "./room-server.ts";

const room = useRoomServer();

test("fork makes the next set from a variant as it is now, and restore brings an earlier turn back as a new one", async () => {
  const { owner, variantId } = await room.createProject();
  type(owner, variantId, 0, "// by hand\n");
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  const variantIds = [id<VariantId>(), id<VariantId>(), id<VariantId>()];
  expect(await owner.command("fork", { variantId, variantIds })).toMatchObject({ ok: true });
  await expect
    .poll(() =>
      owner
        .getSnapshot()
        .variants.filter((variant) => variant.setNumber === 2)
        .map((variant) => variant.letter),
    )
    .toEqual(["A", "B", "C"]);
  for (const each of variantIds) await expect.poll(() => textOf(owner, each)).toBe(textOf(owner, variantId));
  const first = owner.getSnapshot().turns[0];
  const back = await owner.command("restore", {
    variantId,
    commitId: first?.commitId as CommitId,
    turnId: id<TurnId>(),
  });
  expect(back).toMatchObject({ ok: true, turn: { kind: "restore", state: "done" } });
  await expect.poll(() => textOf(owner, variantId)).not.toContain("// by hand");
  expect(textOf(owner, variantIds[0] as VariantId)).toContain("// by hand");
});

test("undo takes one turn back, keeps what people wrote elsewhere, and works after a restart too", async () => {
  const { projectId, owner, variantId } = await room.createProject();
  const before = textOf(owner, variantId);
  const change = (text: string) => {
    room.script = async function* () {
      yield file(APP, `export default function App() {\n  return <p>${text}</p>;\n}\n`);
    };
    return prompt(owner, [variantId], text);
  };
  const ended = async (turnId: TurnId | undefined, client = owner) =>
    expect.poll(() => client.getSnapshot().turns.find((turn) => turn.id === turnId)?.state).toBe("done");
  const second = change("second");
  await second.send();
  await ended(second.turnIds[variantId]);
  type(owner, variantId, 0, "// by hand\n");
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  const undoId = id<TurnId>();
  const undone = await owner.command("undo", { turnId: second.turnIds[variantId] as TurnId, undoId });
  expect(undone).toMatchObject({ ok: true, turn: { kind: "undo", state: "done" } });
  await expect.poll(() => textOf(owner, variantId)).toBe(`// by hand\n${before}`);
  // The same request again is the same turn; the same undo again has nothing to do.
  expect(await owner.command("undo", { turnId: second.turnIds[variantId] as TurnId, undoId })).toMatchObject({
    ok: true,
    turn: { id: undoId },
  });
  expect(
    await owner.command("undo", { turnId: second.turnIds[variantId] as TurnId, undoId: id<TurnId>() }),
  ).toMatchObject({ ok: false, code: "nothing-left" });

  const third = change("third");
  await third.send();
  await ended(third.turnIds[variantId]);
  for (const client of room.clients) client.close();
  await room.stop();
  await room.start();
  const later = await room.enter({ projectId });
  expect(textOf(later, variantId)).toContain("<p>third</p>");
  const again = await later.command("undo", {
    turnId: third.turnIds[variantId] as TurnId,
    undoId: id<TurnId>(),
  });
  expect(again).toMatchObject({ ok: true });
  await expect.poll(() => textOf(later, variantId)).toBe(`// by hand\n${before}`);
});
