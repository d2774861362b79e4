/** The history of a variant over real sockets: names for moments, forks of any depth, one turn taken out, people and places. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CheckpointId, CommitId, TurnId, VariantId } from "../../lib/project/ids.ts";
import { APP, answer, ask, id, type OpenRoom, openRoom, page, textOf, type } from "./open-room.ts";

let room: OpenRoom;
beforeAll(async () => {
  room = await openRoom();
});
afterAll(() => room.end());

function says(text: string): void {
  room.state.script = async function* () {
    yield text;
  };
}

test("[H3] a checkpoint names the variant as it is now, everyone sees it, and it can be gone back to", async () => {
  says(answer("first"));
  const { owner, variantId, projectId } = await room.createProject();
  const other = await room.enter({ projectId });
  await type(owner, variantId, 0, "// good\n");
  const checkpointId = id<CheckpointId>();
  const wish = { checkpointId, variantId, commitId: null, name: "Before lunch" };
  const made = await owner.command("checkpoint", wish);
  expect(made).toMatchObject({ ok: true, checkpoint: { name: "Before lunch" } });
  // Asked again after a lost answer.
  expect(await owner.command("checkpoint", wish)).toEqual(made);
  await expect.poll(() => other.getSnapshot().checkpoints.map(({ name }) => name)).toEqual(["Before lunch"]);
  await type(owner, variantId, 0, "// worse\n");
  const commitId = (made.ok && made.checkpoint.commitId) as CommitId;
  await owner.command("restore", { variantId, commitId, turnId: id() });
  await expect.poll(() => textOf(owner, variantId)).toBe(`// good\n${page("first")}`);
  expect(owner.getSnapshot().turns.at(-1)?.prompt).toBe("Back to “Before lunch”");
  await owner.command("change-checkpoint", { checkpointId, name: "Lunch" });
  await expect.poll(() => other.getSnapshot().checkpoints.map(({ name }) => name)).toEqual(["Lunch"]);
  expect((await room.enter({ projectId })).getSnapshot().checkpoints).toMatchObject([{ name: "Lunch" }]);
  await owner.command("change-checkpoint", { checkpointId, name: null });
  await expect.poll(() => other.getSnapshot().checkpoints).toEqual([]);
});

test("[H1] any commit can be forked: one row each, however deep, and what was written since is not in it", async () => {
  says(answer("first"));
  const { owner, variantId } = await room.createProject();
  let source = variantId;
  for (let depth = 1; depth <= 4; depth++) {
    says(answer(`depth ${depth}`));
    const turnId = await ask(owner, source, "on");
    says(answer("later"));
    await ask(owner, source, "later");
    const commitId = owner.getSnapshot().turns.find((turn) => turn.id === turnId)?.commitId as CommitId;
    const [made] = [id<VariantId>()];
    const forked = await owner.command("fork", { variantId: source, variantIds: [made], commitId });
    expect(forked).toMatchObject({ ok: true, variants: [{ baseCommitId: commitId, parentId: source }] });
    await expect.poll(() => textOf(owner, made)).toBe(page(`depth ${depth}`));
    source = made;
  }
  // Seeded once: state or log of the fork begins with the same bytes for every reader.
  await expect.poll(async () => (await room.storage.loadDocument(source)).seq).toBe(1);
});

test("[H2] a turn that is not the newest is taken out where nobody wrote since; the rest stays and is listed", async () => {
  const text = (heading: string, end: string) =>
    `export default function App() {\n  return (\n    <main>\n      <h1>${heading}</h1>\n      <p>middle</p>\n      <p>${end}</p>\n    </main>\n  );\n}\n`;
  const whole = (code: string) => `${APP}\n\`\`\`tsx\n${code}\`\`\`\n`;
  says(whole(text("One", "end")));
  const { owner, variantId } = await room.createProject();
  says(whole(text("Two", "END")));
  const turnId = await ask(owner, variantId, "louder");
  says(whole(text("Three", "END")));
  await ask(owner, variantId, "another heading");
  await type(owner, variantId, 0, "// note\n");
  const undone = await owner.command("undo", { turnId, undoId: id<TurnId>() });
  expect(undone).toMatchObject({
    ok: true,
    turn: { kind: "undo", warnings: ["/src/App.tsx, line 5: changed since, and stays."] },
  });
  await expect.poll(() => textOf(owner, variantId)).toBe(`// note\n${text("Three", "end")}`);
});

test("[P1] where somebody's caret is reaches the others with the person that the server knows, and goes with them", async () => {
  says(answer("first"));
  const { owner, variantId, projectId } = await room.createProject();
  const guest = await room.enter({ projectId, name: "Mira" });
  const anchor = guest.document(variantId)?.anchor(APP, 6, "start") ?? null;
  guest.place({ variantId, path: APP, anchor, head: anchor });
  await expect.poll(() => owner.getSnapshot().presence.find((each) => each.anchor === anchor)).toBeDefined();
  const place = owner.getSnapshot().presence.find((each) => each.anchor === anchor);
  const person = owner.getSnapshot().people.find(({ id }) => id === place?.personId);
  expect(person).toMatchObject({ name: "Mira" });
  // It moves with the text.
  await type(owner, variantId, 0, "// above\n");
  expect(owner.document(variantId)?.resolve(APP, anchor ?? "")).toBe(6 + "// above\n".length);
  const late = await room.enter({ projectId });
  expect(late.getSnapshot().presence).toMatchObject([{ anchor }]);
  expect(await guest.command("name-me", { name: " Mira B. " })).toMatchObject({ ok: true });
  await expect.poll(() => owner.getSnapshot().people.map(({ name }) => name)).toContain("Mira B.");
  guest.close();
  await expect.poll(() => owner.getSnapshot().presence).toEqual([]);
});

test("[P1] a forged identity in a place, or one that is too large, is not taken", async () => {
  says(answer("first"));
  const { owner, variantId, projectId } = await room.createProject();
  const socket = await room.socket({ projectId });
  await socket.emitWithAck("join", { known: [] });
  const place = { variantId, path: APP, anchor: null, head: null };
  for (const forged of [{ ...place, personId: "me" }, { ...place, path: "x".repeat(2_000) }, null, 7])
    socket.emit("presence", forged);
  socket.emit("presence", { ...place, path: "/src/real.tsx" });
  await expect.poll(() => owner.getSnapshot().presence.map(({ path }) => path)).toEqual(["/src/real.tsx"]);
});
