/** Walking through what a variant was: stored files, names for moments, going back, taking one turn out. */
import { takeBackFiles } from "#lib/document/take-back-files.ts";
import type { Files } from "#lib/project/files.ts";
import type { CommitId, VariantId } from "#lib/project/ids.ts";
import { limits } from "#lib/project/limits.ts";
import type { Turn } from "#lib/project/rows.ts";
import { type Handlers, refuse } from "./call.ts";
import { sameFiles } from "./live-document.ts";
import type { Room } from "./room.ts";
import { newTurn } from "./turn-rows.ts";

export const historyHandlers: Pick<
  Handlers,
  "restore" | "undo" | "files" | "checkpoint" | "change-checkpoint"
> = {
  async restore({ room }, { variantId, commitId, turnId }) {
    const variant = room.variant(variantId);
    if (!variant) return refuse("unknown-variant");
    const done = room.turns.turns.find((each) => each.id === turnId);
    if (done) return { ok: true, turn: done };
    if (room.turns.isRunning(variantId)) return refuse("still-writing");
    const files = await readOwnCommit(room, commitId);
    if (!files) return refuse("unknown-commit");
    await room.documents.commit(variantId, "person");
    const live = await room.live(variantId);
    live.document.restore(files, { kind: "system", reason: "restore" });
    const text = `Back to ${nameOf(room, commitId)}`;
    return { ok: true, turn: await recordStep(room, { variantId, turnId, kind: "restore", text }) };
  },

  async undo({ room }, { turnId, undoId }) {
    const turn = room.turns.turns.find((each) => each.id === turnId);
    if (!turn?.commitId) return refuse("unknown-turn");
    const done = room.turns.turns.find((each) => each.id === undoId);
    if (done) return { ok: true, turn: done };
    if (room.turns.isRunning(turn.variantId)) return refuse("still-writing");
    await room.documents.commit(turn.variantId, "person");
    const { document } = await room.live(turn.variantId);
    const before = document.files();
    const warnings = await undoTurn(room, turn, turn.commitId);
    if (sameFiles(before, document.files())) return refuse("nothing-left");
    const step = {
      variantId: turn.variantId,
      turnId: undoId,
      kind: "undo" as const,
      text: `Undo “${turn.prompt}”`,
      warnings,
    };
    return { ok: true, turn: await recordStep(room, step) };
  },

  async files({ room }, { commitId }) {
    const files = await readOwnCommit(room, commitId);
    return files ? { ok: true, files: [...files] } : refuse("unknown-commit");
  },

  async checkpoint({ room }, { checkpointId, variantId, commitId, name }) {
    if (!room.variant(variantId)) return refuse("unknown-variant");
    const known = room.checkpoints.find(({ id }) => id === checkpointId);
    if (known) return { ok: true, checkpoint: known };
    if (room.checkpoints.length >= limits.checkpointsPerProject)
      return refuse("too-many", `A project has up to ${limits.checkpointsPerProject} checkpoints.`);
    if (commitId !== null && !(await isOwnCommit(room, commitId))) return refuse("unknown-commit");
    const checkpoint = {
      id: checkpointId,
      variantId,
      commitId: commitId ?? (await room.documents.commit(variantId, "person")),
      name,
      createdAt: room.options.now(),
    };
    await room.options.storage.createCheckpoint(checkpoint);
    room.changeCheckpoints([...room.checkpoints, checkpoint]);
    return { ok: true, checkpoint };
  },

  async "change-checkpoint"({ room }, { checkpointId, name }) {
    const { storage } = room.options;
    if (!room.checkpoints.some(({ id }) => id === checkpointId)) return refuse("unknown-checkpoint");
    if (name === null) {
      await storage.deleteCheckpoint(checkpointId);
      room.changeCheckpoints(room.checkpoints.filter(({ id }) => id !== checkpointId));
    } else {
      await storage.renameCheckpoint(checkpointId, name);
      room.changeCheckpoints(
        room.checkpoints.map((each) => (each.id === checkpointId ? { ...each, name } : each)),
      );
    }
    return { ok: true };
  },
};

export async function isOwnCommit(room: Room, commitId: CommitId): Promise<boolean> {
  return (await room.options.storage.commitProject(commitId)) === room.project.id;
}

async function readOwnCommit(room: Room, commitId: CommitId): Promise<Files | null> {
  return (await isOwnCommit(room, commitId)) ? room.options.storage.readCommit(commitId) : null;
}

function nameOf(room: Room, commitId: CommitId): string {
  const checkpoint = room.checkpoints.find((each) => each.commitId === commitId);
  if (checkpoint) return `“${checkpoint.name}”`;
  const turn = room.turns.turns.find((each) => each.commitId === commitId);
  return turn ? `“${turn.prompt}”` : "the first version";
}

/**
 * One turn taken back, as a step forward. The newest by its own steps, when they are known; any other by what lies between its
 * commit and the one before, which leaves alone what anyone has written over since. Returns what stayed, for people.
 */
async function undoTurn(room: Room, turn: Turn, commitId: CommitId): Promise<string[]> {
  const newest = room.turns.turns.filter(({ variantId }) => variantId === turn.variantId).at(-1);
  if (newest === turn && room.turns.undo(turn.id)) return [];
  const { storage } = room.options;
  const parentId = await storage.commitParent(commitId);
  const [before, after] = await Promise.all([
    parentId && storage.readCommit(parentId),
    storage.readCommit(commitId),
  ]);
  if (!before || !after) return [];
  const { document } = await room.live(turn.variantId);
  const { files, stayed } = takeBackFiles(before, after, document.files());
  document.restore(files, { kind: "system", reason: "undo" });
  return stayed.map(({ path, line }) => `${path}, line ${line}: changed since, and stays.`);
}

type Step = {
  variantId: VariantId;
  turnId: Turn["id"];
  kind: "restore" | "undo";
  text: string;
  warnings?: string[];
};

/** Going back is a step forward: a turn of its own, with its own commit. */
async function recordStep(room: Room, { variantId, turnId, kind, text, warnings = [] }: Step): Promise<Turn> {
  const { storage, now, id } = room.options;
  const live = await room.live(variantId);
  const promptId = id() as Turn["promptId"];
  const begun = newTurn({
    id: turnId,
    promptId,
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
  const turn: Turn = { ...begun, state: "done", commitId, warnings, endedAt: now() };
  room.turns.turns.push(turn);
  await storage.endTurn(turn, "");
  room.emit("turn-end", turn);
  return turn;
}
