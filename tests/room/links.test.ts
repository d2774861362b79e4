/** Links over real sockets: what each role may do, what a link to one variant shows, and how a link ends. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CheckpointId, CommitId, ShareId, TurnId, VariantId } from "../../lib/project/ids.ts";
import type { CommandName, Commands } from "../../lib/wire/events.ts";
import { commandNames } from "../../lib/wire/schemas.ts";
import { ask, id, type OpenRoom, openRoom, share, textOf, type } from "./open-room.ts";

let room: OpenRoom;
beforeAll(async () => {
  room = await openRoom();
});
afterAll(() => room.end());

/** A body that its schema takes, for each command: a new command must be put here. */
function bodiesFor(variantId: VariantId): { [Name in CommandName]: Commands[Name] } {
  const commitId = id<CommitId>();
  const shareId = id<ShareId>();
  const turnId = id<TurnId>();
  return {
    join: { known: [] },
    update: { variantId, updateId: id(), bytes: new Uint8Array([0, 0]) },
    prompt: {
      promptId: id(),
      turnIds: { [variantId]: turnId } as Record<VariantId, TurnId>,
      lane: "fast",
      text: "  ",
    },
    warm: { lane: "fast" },
    stop: { turnId },
    estimate: { variantIds: [variantId], lane: "fast", text: "more" },
    "switch-lane": { turnId, lane: "designer" },
    continue: { turnId, nextId: id() },
    fix: { turnId, fixId: id(), error: { title: "Error", message: "no", path: "/src/App.tsx", line: 1 } },
    plan: {
      promptId: id(),
      turnIds: { [variantId]: turnId } as Record<VariantId, TurnId>,
      lane: "fast",
      text: "  ",
      by: "designer",
      hold: true,
    },
    build: { promptId: id() },
    direct: {
      promptId: id(),
      variantId,
      turnId,
      direction: { name: "N", idea: "", type: "", palette: "", layout: "", tone: "", sections: [] },
    },
    "name-me": { name: "Mira" },
    fork: { variantId, variantIds: [id()], commitId },
    keep: { variantId, kept: false },
    rename: { variantId: null, name: "A page" },
    delete: { variantId, deleted: false },
    reorder: { variantIds: [variantId] },
    network: { hosts: [] },
    restore: { variantId, commitId, turnId },
    undo: { turnId, undoId: id() },
    share: { shareId, token: id(), commitId, role: "edit" },
    "change-share": { shareId, name: "x" },
    "list-shares": {},
    revoke: { shareId },
    comment: { commentId: id(), variantId, text: "Bigger?" },
    files: { commitId },
    checkpoint: { checkpointId: id<CheckpointId>(), variantId, commitId, name: "x" },
    "change-checkpoint": { checkpointId: id<CheckpointId>(), name: null },
    clock: {},
    "add-package": { variantId, specifier: "swiper" },
  };
}

const ALL = [...commandNames].sort();
const VIEW = ["clock", "files", "join", "name-me"];
const OWNER = ["change-share", "list-shares", "revoke", "share"];

test.each([
  ["view", VIEW],
  ["comment", ["clock", "comment", "files", "join", "name-me"]],
  ["edit", ALL.filter((name) => !OWNER.includes(name))],
  ["owner", ALL],
] as const)(
  "[L1] of all commands a link with the role %s may give exactly its own, each time",
  async (role, allowed) => {
    const { owner, variantId, projectId } = await room.createProject();
    const key = role === "owner" ? { projectId } : await share(owner, { role });
    const socket = await room.socket(key);
    const bodies = bodiesFor(variantId);
    const given: string[] = [];
    for (const name of ALL) {
      const { code } = (await socket.emitWithAck(name, bodies[name])) as { code?: string };
      expect(code, name).not.toBe("bad-event");
      if (code !== "read-only") given.push(name);
    }
    expect(given).toEqual([...allowed]);
  },
);

test("[L6] a stored version may be listed by search engines when its owner says so; a live link never", async () => {
  const { owner } = await room.createProject();
  const commitId = owner.getSnapshot().variants[0]?.headCommitId as CommitId;
  const [version, live] = [await share(owner, { commitId }), await share(owner)];
  for (const [{ shareId }, indexed] of [
    [version, true],
    [live, false],
  ] as const)
    expect(await owner.command("change-share", { shareId, indexed: true })).toMatchObject({
      ok: true,
      share: { indexed },
    });
  expect(await owner.command("change-share", { shareId: version.shareId, indexed: false })).toMatchObject({
    share: { indexed: false },
  });
});

test("[L1] what a commenter says is refused with words until there is a review call; a viewer is refused by role", async () => {
  const { owner, variantId } = await room.createProject();
  const said = (key: { shareId: ShareId; token: string }) =>
    room
      .socket(key)
      .then((socket) => socket.emitWithAck("comment", { commentId: id(), variantId, text: "Bigger?" }));
  expect(await said(await share(owner, { role: "comment" }))).toMatchObject({ code: "comments-later" });
  expect(await said(await share(owner, { role: "view" }))).toMatchObject({ code: "read-only" });
});

test("[L5] of another project nothing can be reached by its ids", async () => {
  const mine = await room.createProject();
  const theirs = await room.createProject();
  const commitId = theirs.owner.getSnapshot().variants[0]?.headCommitId as CommitId;
  const { shareId } = await share(theirs.owner);
  const { variantId } = theirs;
  const asked = [
    mine.owner.command("files", { commitId }),
    mine.owner.command("fork", { variantId: mine.variantId, variantIds: [id()], commitId }),
    mine.owner.command("restore", { variantId: mine.variantId, commitId, turnId: id() }),
    mine.owner.command("checkpoint", { checkpointId: id(), variantId, commitId: null, name: "x" }),
    mine.owner.command("share", { shareId: id(), token: id(), commitId, role: "view" }),
    mine.owner.command("share", { shareId: id(), token: id(), commitId: null, variantId, role: "view" }),
    mine.owner.command("change-share", { shareId, role: "edit" }),
    mine.owner.command("revoke", { shareId }),
  ];
  for (const answer of await Promise.all(asked))
    expect(answer).toMatchObject({ ok: false, code: expect.stringMatching(/^unknown-/) });
});

test("[L2] a link to one variant shows that one alone, live, and changes no other", async () => {
  const { owner, variantIds, projectId } = await room.createProject(3);
  const [a, b] = variantIds as [VariantId, VariantId];
  const key = await share(owner, { variantId: b, role: "edit" });
  const heard: string[] = [];
  const socket = await room.socket(key);
  socket.onAny((event, body) =>
    heard.push(event + (body instanceof Uint8Array ? body.toString() : JSON.stringify(body))),
  );
  const guest = await room.enter(key);
  expect(guest.getSnapshot().variants.map(({ letter }) => letter)).toEqual(["B"]);
  expect(guest.getSnapshot().turns.every((turn) => turn.variantId === b)).toBe(true);
  await socket.emitWithAck("join", { known: [] });

  await type(owner, a, 0, "// only in A\n");
  await ask(owner, a, "secret of A");
  await owner.command("checkpoint", { checkpointId: id(), variantId: a, commitId: null, name: "mark of A" });
  await type(guest, b, 0, "// by the guest\n");
  await expect.poll(() => textOf(owner, b)).toMatch(/^\/\/ by the guest\n/);
  await type(owner, b, 0, "// by the owner\n");
  await expect.poll(() => textOf(guest, b)).toMatch(/^\/\/ by the owner\n/);
  const text = heard.join("\n");
  expect(text).toContain("frame");
  for (const hidden of ["secret of A", "mark of A", a, projectId]) expect(text).not.toContain(hidden);
  const letters = new TextEncoder().encode("only in A").toString();
  expect(text).not.toContain(letters);

  const bytes = new Uint8Array([0, 0]);
  const turnIds = { [a]: id<TurnId>() } as Record<VariantId, TurnId>;
  const refused = [
    guest.command("update", { variantId: a, updateId: id(), bytes }),
    guest.command("prompt", { promptId: id(), turnIds, lane: "fast", text: "mine" }),
    guest.command("rename", { variantId: null, name: "mine" }),
    guest.command("fork", { variantId: b, variantIds: [id()] }),
    guest.command("network", { hosts: [] }),
    guest.command("files", {
      commitId: owner.getSnapshot().variants.find(({ id }) => id === a)?.headCommitId as CommitId,
    }),
  ];
  for (const answer of await Promise.all(refused))
    expect(answer).toMatchObject({ ok: false, code: "unknown-variant" });
});

test("[L3] a link that is switched off closes its sockets, and opens nothing after", async () => {
  const { owner } = await room.createProject();
  const key = await share(owner, { role: "edit" });
  const [one, two] = [await room.enter(key), await room.enter(key)];
  expect(await owner.command("revoke", { shareId: key.shareId })).toMatchObject({ ok: true });
  for (const guest of [one, two])
    await expect.poll(() => guest.getSnapshot().ended, { interval: 5 }).toBe("gone");
  const late = room.knock(key);
  await expect.poll(() => late.getSnapshot().ended).toBe("gone");
});

test("[L3] a link ends by itself, also for who is in and for what is asked at that moment", async () => {
  const { owner, variantId } = await room.createProject();
  const key = await share(owner, { role: "edit", expiresAt: Date.now() + 60_000 });
  const guest = await room.enter(key);
  const socket = await room.socket(key);
  room.state.aheadMs = 120_000;
  try {
    expect(await socket.emitWithAck("keep", { variantId, kept: true })).toMatchObject({ code: "expired" });
    const late = room.knock(key);
    await expect.poll(() => late.getSnapshot().ended).toBe("expired");
  } finally {
    room.state.aheadMs = 0;
  }
  expect(guest.getSnapshot().status).toBe("live");
  const soon = await share(owner, { expiresAt: Date.now() + 300 });
  const brief = await room.enter(soon);
  await expect.poll(() => brief.getSnapshot().ended).toBe("expired");
  const past = { shareId: id<ShareId>(), token: id(), commitId: null, role: "view" as const, expiresAt: 1 };
  expect(await owner.command("share", past)).toMatchObject({ ok: false, code: "bad-link" });
});

test("[L4] a token alone does not open a link with a password; a new role reaches who is in", async () => {
  const { owner, variantId } = await room.createProject();
  const locked = await share(owner, { password: "oven" });
  const outside = room.knock(locked);
  await expect.poll(() => outside.getSnapshot().ended).toBe("password");

  const key = await share(owner, { role: "view" });
  const guest = await room.enter(key);
  const change = await owner.command("change-share", { shareId: key.shareId, role: "edit", name: "For Jo" });
  expect(change).toMatchObject({ ok: true, share: { role: "edit", name: "For Jo" } });
  await expect.poll(() => guest.getSnapshot().role).toBe("edit");
  await type(guest, variantId, 0, "// now I may\n");
  await expect.poll(() => textOf(owner, variantId)).toMatch(/^\/\/ now I may\n/);
  const listed = await owner.command("list-shares", {});
  expect(JSON.stringify(listed)).not.toMatch(/oven|tokenHash|passwordHash/);
  expect(listed).toMatchObject({ shares: [{ hasPassword: true }, { hasPassword: false, name: "For Jo" }] });
});

test("a set is what its variants are now, each as a version of its own, whose page is built at once", async () => {
  const { owner, variantIds } = await room.createProject(3);
  await type(owner, variantIds[2] as VariantId, 0, "// by hand\n");
  const key = { shareId: id<ShareId>(), token: id() };
  const made = await owner.command("share", { ...key, commitId: null, setNumber: 1, role: "edit" });
  expect(made).toMatchObject({
    ok: true,
    share: { role: "view", set: [{ letter: "A" }, {}, { letter: "C" }] },
  });
  const set = (made.ok && made.share.set) || [];
  expect(room.state.shared).toEqual(expect.arrayContaining(set.map((version) => version.commitId)));
  const files = await room.storage.readCommit(set[2]?.commitId as CommitId);
  expect(files?.get("/src/App.tsx")).toMatch(/^\/\/ by hand\n/);
  // It is no way into the room.
  const outside = room.knock(key);
  await expect.poll(() => outside.getSnapshot().ended).toBe("unauthorized");
});
