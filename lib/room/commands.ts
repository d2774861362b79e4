/** What each command does. Bodies are checked and roles are granted before a handler runs; outcomes are values. */
import { takeBack } from "#lib/document/take-back.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import { askedVersion, PACKAGE_JSON, withDependency } from "#lib/project/dependencies.ts";
import type { CommitId, ProjectId, TurnId, VariantId } from "#lib/project/ids.ts";
import { letterOf } from "#lib/project/letters.ts";
import { limits } from "#lib/project/limits.ts";
import { checkHost } from "#lib/project/network.ts";
import { modulesImported, packageNameOf } from "#lib/project/package-names.ts";
import type { Share, Turn, Variant } from "#lib/project/rows.ts";
import type { NewVariant } from "#lib/storage/types.ts";
import type { Ack, Answers, CommandName, Commands, Refused } from "#lib/wire/events.ts";
import { hashToken } from "./access.ts";
import { sameFiles } from "./live-document.ts";
import { preciseNow, type Room, type RoomSocket } from "./room.ts";
import { newTurn } from "./turns.ts";

export type Call = {
  room: Room;
  socket: RoomSocket;
  /** Closes the sockets that came in through this share. */
  dismiss(shareId: Share["id"]): void;
  /** Malformed updates of this socket so far; the third closes it. */
  strikes: { count: number };
};

type Handlers = { [Name in CommandName]: (call: Call, body: Commands[Name]) => Promise<Ack<Answers[Name]>> };

const refuse = (code: Refused["code"], detail?: string): Refused => ({
  ok: false,
  code,
  ...(detail ? { detail } : {}),
});

const MAX_STRIKES = 3;

export const handlers: Handlers = {
  async join({ room, socket }, { known }) {
    const vectors = new Map(known.map(({ variantId, stateVector }) => [variantId as string, stateVector]));
    return { ok: true, ...(await room.join(socket, vectors)) };
  },

  async update({ room, socket, strikes }, { variantId, bytes }) {
    if (bytes.byteLength > limits.updateBytes)
      return refuse("too-large", `One edit may have ${limits.updateBytes / 1024} KB.`);
    if (!room.variant(variantId)) return refuse("unknown-variant");
    const live = await room.live(variantId);
    const received = live.receive(bytes, socket.data.access.guestId ?? "guest");
    if (!received.ok) {
      if (++strikes.count >= MAX_STRIKES) socket.disconnect(true);
      return refuse("bad-update");
    }
    room.relay(live.slot, bytes);
    room.commitWhenQuiet(variantId);
    return { ok: true, seq: await received.stored };
  },

  async prompt({ room }, { promptId, turnIds, lane, text }) {
    const words = text.trim();
    if (words === "") return refuse("empty-prompt");
    const bytes = Buffer.byteLength(words);
    if (bytes > limits.promptBytes) {
      return refuse(
        "prompt-too-long",
        `It has ${Math.round(bytes / 1024)} KB; ${limits.promptBytes / 1024} KB are possible.`,
      );
    }
    const wanted = new Map(Object.entries(turnIds)) as unknown as Map<VariantId, TurnId>;
    if ([...wanted.keys()].some((id) => !room.variant(id))) return refuse("unknown-variant");
    const unstarted = [...wanted.values()].filter(
      (id) => !room.turns.turns.some((turn) => turn.id === id),
    ).length;
    const isFull = unstarted > 0 && room.turns.runningCount + unstarted > limits.turnsAtOncePerRoom;
    if (isFull) return refuse("busy", `${room.turns.runningCount} turns are running.`);
    return {
      ok: true,
      turns: room.turns.start({ promptId, turnIds: wanted, lane, text: words, kind: "prompt" }),
    };
  },

  async stop({ room }, { turnId }) {
    return room.turns.stop(turnId) ? { ok: true } : refuse("unknown-turn");
  },

  async fork({ room }, { variantId, variantIds }) {
    const source = room.variant(variantId);
    if (!source) return refuse("unknown-variant");
    const made = room.variants.filter((variant) => variantIds.includes(variant.id));
    if (made.length > 0) {
      const { documents } = await room.describeDocuments(made, new Map());
      return { ok: true, variants: made, documents };
    }
    const baseCommitId = await room.commit(variantId, "person");
    const variants = await room.options.storage.addVariants(forksOf(room, source, baseCommitId, variantIds));
    room.variants = [...room.variants, ...variants];
    const { documents } = await room.describeDocuments(variants, new Map());
    room.addVariants(variants, documents);
    return { ok: true, variants, documents };
  },

  async keep({ room }, { variantId, kept }) {
    if (!room.variant(variantId)) return refuse("unknown-variant");
    const variant = await room.options.storage.changeVariant(variantId, {
      keptAt: kept ? room.options.now() : null,
    });
    if (!variant) return refuse("unknown-variant");
    room.changeVariant(variant);
    return { ok: true, variant };
  },

  async rename({ room }, { variantId, name }) {
    if (variantId === null) {
      await room.options.storage.renameProject(room.project.id, name);
      room.changeProject({ title: name });
      return { ok: true };
    }
    const variant =
      room.variant(variantId) && (await room.options.storage.changeVariant(variantId, { name }));
    if (!variant) return refuse("unknown-variant");
    room.changeVariant(variant);
    return { ok: true };
  },

  async network({ room }, { hosts }) {
    const checked = hosts.map(checkHost);
    const bad = checked.find((each) => !each.ok);
    if (bad) return refuse("bad-host", bad.problem);
    const names = [...new Set(checked.flatMap((each) => (each.ok ? each.host : [])))];
    const before = room.project.network;
    // Sent twice, it is the same list: previews need not load anew.
    if (names.join() === (before?.hosts.join() ?? "")) return { ok: true, network: before };
    const network = names.length > 0 ? { hosts: names, token: room.options.id() } : null;
    await room.options.storage.setNetwork(room.project.id, network);
    room.changeProject({ network });
    return { ok: true, network };
  },

  async restore({ room }, { variantId, commitId, turnId }) {
    const variant = room.variant(variantId);
    if (!variant) return refuse("unknown-variant");
    const files = await readOwnCommit(room, commitId);
    if (!files) return refuse("unknown-commit");
    await room.commit(variantId, "person");
    const live = await room.live(variantId);
    live.document.restore(files, { kind: "system", reason: "restore" });
    const origin = room.turns.turns.find((turn) => turn.commitId === commitId);
    const text = origin ? `Back to “${origin.prompt}”` : "Back to the first version";
    return { ok: true, turn: await recordStep(room, { variantId, turnId, kind: "restore", text }) };
  },

  async undo({ room }, { turnId, undoId }) {
    const turn = room.turns.turns.find((each) => each.id === turnId);
    if (!turn?.commitId) return refuse("unknown-turn");
    const done = room.turns.turns.find((each) => each.id === undoId);
    if (done) return { ok: true, turn: done };
    if (room.turns.isRunning(turn.variantId)) return refuse("still-writing");
    await room.commit(turn.variantId, "person");
    const { document } = await room.live(turn.variantId);
    const before = document.files();
    await undoTurn(room, turn, turn.commitId);
    if (sameFiles(before, document.files())) return refuse("nothing-left");
    const step = {
      variantId: turn.variantId,
      turnId: undoId,
      kind: "undo" as const,
      text: `Undo “${turn.prompt}”`,
    };
    return { ok: true, turn: await recordStep(room, step) };
  },

  async share({ room }, { shareId, token, commitId, role }) {
    const { storage, now } = room.options;
    if (commitId !== null && (await storage.commitProject(commitId)) !== room.project.id)
      return refuse("unknown-commit");
    const variant = room.variants.find((each) => each.headCommitId === commitId);
    const share: Share = {
      id: shareId,
      projectId: room.project.id,
      commitId,
      variantLetter: variant?.letter ?? null,
      role,
      createdAt: now(),
      revokedAt: null,
    };
    await storage.createShare({ ...share, tokenHash: hashToken(token) });
    return { ok: true, share };
  },

  async "list-shares"({ room }) {
    return { ok: true, shares: await room.options.storage.listShares(room.project.id) };
  },

  async revoke({ room, dismiss }, { shareId }) {
    const share = await room.options.storage.getShare(shareId);
    if (share?.projectId !== room.project.id) return refuse("unknown-share");
    await room.options.storage.revokeShare(shareId, room.options.now());
    dismiss(shareId);
    return { ok: true };
  },

  async clock() {
    return { ok: true, nowMs: preciseNow() };
  },

  async warm({ room }, { lane }) {
    room.options.warm(lane);
    return { ok: true };
  },

  async files({ room }, { commitId }) {
    const files = await readOwnCommit(room, commitId);
    return files ? { ok: true, files: [...files] } : refuse("unknown-commit");
  },

  async "add-package"({ room, socket }, { variantId, specifier }) {
    if (!room.variant(variantId)) return refuse("unknown-variant");
    const name = packageNameOf(specifier);
    if (name === null) return refuse("package-name", `“${specifier.slice(0, 80)}”`);
    const files = (await room.live(variantId)).document.files();
    const modules = modulesImported(files.values(), name);
    if (modules.length === 0) return refuse("package-not-imported", name);
    const packageJson = files.get(PACKAGE_JSON) ?? null;
    if (withDependency(packageJson, name, "0.0.0") === null) return refuse("no-package-json");
    const added = await room.options.packages.add({ name, range: askedVersion(packageJson, name), modules });
    if (!added.ok) return refuse(added.code, added.detail);
    await nameDependency(room, variantId, name, added.version, socket.data.access.guestId ?? "guest");
    room.emit("package-add", { name, version: added.version });
    return { ok: true, name, version: added.version };
  },
};

/** A person's edit, made here because the version is known here: read anew, since the file may have changed meanwhile. */
async function nameDependency(
  room: Room,
  variantId: VariantId,
  name: string,
  version: string,
  clientId: string,
): Promise<void> {
  const { document } = await room.live(variantId);
  const before = document.read(PACKAGE_JSON);
  const after = withDependency(before, name, version);
  if (after === null || after === before) return;
  document.create(PACKAGE_JSON, after, { kind: "person", clientId });
  room.commitWhenQuiet(variantId);
}

/** Three made together are the next set; they lie at positions 0, 1, 2 (docs/decisions/2026-11-24-sets.md). */
function forksOf(room: Room, source: Variant, baseCommitId: CommitId, ids: VariantId[]): NewVariant[] {
  const setNumber = Math.max(...room.variants.map((variant) => variant.setNumber)) + 1;
  return ids.map((id, position) => ({
    id,
    projectId: room.project.id as ProjectId,
    letter: letterOf(position),
    name: source.name,
    setNumber,
    position,
    parentId: source.id,
    baseCommitId,
    keptAt: null,
    createdAt: room.options.now(),
  }));
}

async function readOwnCommit(
  room: Room,
  commitId: CommitId,
): Promise<ReturnType<VariantDocument["files"]> | null> {
  const { storage } = room.options;
  return (await storage.commitProject(commitId)) === room.project.id ? storage.readCommit(commitId) : null;
}

/**
 * One turn taken back, as a step forward. By its own steps when they are known; else by comparing its commit with the one
 * before, which leaves alone what anyone has written over since.
 */
async function undoTurn(room: Room, turn: Turn, commitId: CommitId): Promise<void> {
  if (room.turns.undo(turn.id)) return;
  const { storage } = room.options;
  const parentId = await storage.commitParent(commitId);
  const [before, after] = await Promise.all([
    parentId && storage.readCommit(parentId),
    storage.readCommit(commitId),
  ]);
  if (!before || !after) return;
  const { document } = await room.live(turn.variantId);
  const origin = { kind: "system", reason: "undo" } as const;
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [was, became, now] = [before.get(path), after.get(path), document.read(path)];
    if (was === became) continue;
    if (was === undefined && now === became) document.remove(path, origin);
    else if (was !== undefined && now === null) document.create(path, was, origin);
    else if (was !== undefined && became !== undefined && now !== null)
      for (const { start, end, text } of takeBack(was, became, now).splices.reverse())
        document.splice(path, start, end, text, origin);
  }
}

/** Going back is a step forward: a turn of its own, with its own commit. */
async function recordStep(
  room: Room,
  {
    variantId,
    turnId,
    kind,
    text,
  }: { variantId: VariantId; turnId: TurnId; kind: "restore" | "undo"; text: string },
): Promise<Turn> {
  const { storage, now, id } = room.options;
  const live = await room.live(variantId);
  const begun = newTurn({
    id: turnId,
    promptId: id() as Turn["promptId"],
    variantId,
    kind,
    lane: "fast",
    model: "",
    startedAt: now(),
    text,
  });
  await storage.startTurn(begun);
  const commitId = await live.commit(id() as CommitId, "person", turnId, now());
  room.committed(variantId, commitId);
  const turn: Turn = { ...begun, state: "done", commitId, endedAt: now() };
  room.turns.turns.push(turn);
  await storage.endTurn(turn, "");
  room.emit("turn-end", turn);
  return turn;
}
