/** What each command does. Bodies are checked and roles are granted before a handler runs; outcomes are values. */
import { askedVersion, PACKAGE_JSON, withDependency } from "#lib/project/dependencies.ts";
import type { CommitId, ProjectId, PromptId, TurnId, VariantId } from "#lib/project/ids.ts";
import { letterOf } from "#lib/project/letters.ts";
import { limits } from "#lib/project/limits.ts";
import { checkHost } from "#lib/project/network.ts";
import { modulesImported, packageNameOf } from "#lib/project/package-names.ts";
import type { PickedElement } from "#lib/project/picked.ts";
import type { Answerer, Variant } from "#lib/project/rows.ts";
import type { Vary } from "#lib/project/vary.ts";
import type { NewVariant } from "#lib/storage/types.ts";
import type { Refused } from "#lib/wire/events.ts";
import { type Handlers, refuse } from "./call.ts";
import type { RoomSocket } from "./channels.ts";
import { FIX_WORDS, reportOf } from "./fixes.ts";
import { historyHandlers, isOwnCommit } from "./history-commands.ts";
import { preciseNow } from "./precise-now.ts";
import type { Room } from "./room.ts";
import { shareHandlers } from "./share-commands.ts";
import type { Extras } from "./turn-job.ts";
import type { Asked } from "./turn-options.ts";

const MAX_STRIKES = 3;

export const handlers: Handlers = {
  ...shareHandlers,
  ...historyHandlers,

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
    room.documents.commitWhenQuiet(variantId);
    return { ok: true, seq: await received.stored };
  },

  async prompt(
    { room },
    { promptId, turnIds, lane, lanes, text, whileWriting = "queue", vary, picked, person = "" },
  ) {
    const checked = await checkAsked(room, turnIds, lane, text);
    if (!checked.ok) return checked;
    const asked: Asked = {
      ...{ promptId, lane, whileWriting, kind: "prompt", text: checked.words, turnIds: checked.turnIds },
      ...(lanes ? { lanes: new Map(Object.entries(lanes)) as unknown as Map<VariantId, Answerer> } : {}),
      person,
      picked: pointedAt(room, picked),
      extras: (variantId) => extrasFor(room, variantId, vary),
    };
    if (vary && checked.turnIds.size > 1) room.looks.watch(promptId, vary.reach);
    const said = await room.turns.say(asked);
    return { ok: true, turns: said.map(({ turn }) => turn), taken: said.map(({ taken }) => taken) };
  },

  async estimate({ room }, { variantIds, lane, text }) {
    if (variantIds.some((id) => !room.variant(id))) return refuse("unknown-variant");
    return { ok: true, ...(await room.turns.costs.estimate({ lane, text }, variantIds)) };
  },

  async "switch-lane"({ room }, { turnId, lane }) {
    return room.turns.switchLane(turnId, lane) ? { ok: true } : refuse("unknown-turn");
  },

  async continue({ room, socket }, { turnId, nextId }) {
    const turn = room.turns.turns.find((each) => each.id === turnId);
    if (!turn) return refuse("unknown-turn");
    if (turn.state !== "cut" && turn.state !== "stopped") return refuse("nothing-to-continue");
    const soFar = await room.turns.outputOf(turnId);
    const [next] = room.turns.start({
      ...{ promptId: turn.promptId, lane: turn.lane, text: turn.prompt, kind: turn.kind },
      turnIds: new Map([[turn.variantId, nextId]]),
      person: personOf(socket),
      extras: () => ({ soFar }),
    });
    return next ? { ok: true, turn: next } : refuse("unknown-turn");
  },

  async fix({ room }, { turnId, fixId, error }) {
    const { turns, fixes, options } = room;
    const turn = turns.turns.find((each) => each.id === turnId);
    if (!turn) return refuse("unknown-turn");
    const isModel = !options.answering.of(turn.lane).driver.builtIn;
    if (!isModel || !options.answering.autoFix || !fixes.mayFix(turn, turns.turns, error))
      return { ok: true, turn: null };
    const { document } = await room.live(turn.variantId);
    const reported = reportOf(error, document.read(error.path));
    const [fix] = turns.start({
      ...{
        promptId: fixId as unknown as PromptId,
        lane: turn.lane,
        text: FIX_WORDS,
        kind: "fix",
        person: "",
      },
      turnIds: new Map([[turn.variantId, fixId]]),
      extras: () => ({ reported }),
    });
    return { ok: true, turn: fix ?? null };
  },

  async plan({ room, socket }, { promptId, turnIds, lane, text, by, hold }) {
    const checked = await checkAsked(room, turnIds, lane, text);
    if (!checked.ok) return checked;
    room.looks.watch(promptId, "reimagine");
    const person = personOf(socket);
    const plan = room.plans.begin({
      ...{ promptId, turnIds: checked.turnIds, lane, text: checked.words, by, hold, person },
    });
    return { ok: true, plan };
  },

  async build({ room }, { promptId }) {
    return room.plans.build(promptId) ? { ok: true } : refuse("unknown-plan");
  },

  async direct({ room }, { promptId, variantId, turnId, direction }) {
    return room.plans.direct(promptId, variantId, turnId, direction) ? { ok: true } : refuse("unknown-plan");
  },

  async stop({ room }, { turnId }) {
    return room.turns.stop(turnId) ? { ok: true } : refuse("unknown-turn");
  },

  async "name-me"({ room, socket }, { name }) {
    socket.data.access.name = name;
    room.renamePerson(socket, name);
    return { ok: true };
  },

  async fork({ room }, { variantId, variantIds, commitId }) {
    const source = room.variant(variantId);
    if (!source) return refuse("unknown-variant");
    const made = room.variants.filter((variant) => variantIds.includes(variant.id));
    if (made.length > 0) {
      const { documents } = await room.describeDocuments(made, new Map());
      return { ok: true, variants: made, documents };
    }
    if (commitId !== undefined && !(await isOwnCommit(room, commitId))) return refuse("unknown-commit");
    const baseCommitId = commitId ?? (await room.documents.commit(variantId, "person"));
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

  async delete({ room }, { variantId, deleted }) {
    const before = room.variant(variantId);
    if (!before) return refuse("unknown-variant");
    if (deleted && othersOnTable(room, before).length === 0) return refuse("last-variant");
    for (const turn of room.turns.turns)
      if (deleted && turn.variantId === variantId && turn.state === "running") room.turns.stop(turn.id);
    const deletedAt = deleted ? room.options.now() : null;
    const variant = await room.options.storage.changeVariant(variantId, { deletedAt });
    if (!variant) return refuse("unknown-variant");
    room.changeVariant(variant);
    return { ok: true, variant };
  },

  async reorder({ room }, { variantIds }) {
    const named = variantIds.flatMap((variantId) => room.variant(variantId) ?? []);
    const [first] = named;
    // An order of variants that somebody else has just deleted, or added to, is not one of the table any more.
    if (!first || named.length !== othersOnTable(room, first).length + 1 || !isOneSet(named))
      return refuse("unknown-variant");
    for (const variant of await room.options.storage.reorderVariants(variantIds)) room.changeVariant(variant);
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

  async clock() {
    return { ok: true, nowMs: preciseNow() };
  },

  async warm({ room }, { lane }) {
    room.warm(lane);
    return { ok: true };
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

type CheckedPrompt = { ok: true; words: string; turnIds: Map<VariantId, TurnId> };

/** What every prompt must be: words, of a size, for variants that are here, within what may run and what may be spent. */
async function checkAsked(
  room: Room,
  turnIds: Record<VariantId, TurnId>,
  lane: Answerer,
  text: string,
): Promise<CheckedPrompt | Refused> {
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
  const unstarted = [...wanted.values()].filter((id) => !room.turns.turns.some((turn) => turn.id === id));
  const isFull =
    unstarted.length > 0 && room.turns.runningCount + unstarted.length > limits.turnsAtOncePerRoom;
  if (isFull) return refuse("busy", `${room.turns.runningCount} turns are running.`);
  const overCap =
    unstarted.length > 0 ? await room.turns.costs.overCap({ lane, text: words }, [...wanted.keys()]) : null;
  return overCap ? refuse("over-cap", overCap) : { ok: true, words, turnIds: wanted };
}

/** Who is meant when it is said whose turn it is. A command that another process passed on has no socket. */
function personOf(socket: RoomSocket | null): string {
  return socket ? (socket.data.access.guestId ?? socket.id) : "";
}

/** What is told to a model: by the letter that people see. */
function pointedAt(room: Room, picked: readonly PickedElement[] = []): NonNullable<Extras["picked"]> {
  return picked.flatMap(({ variantId: id, ...element }) => {
    const letter = room.variant(id)?.letter;
    return letter ? [{ ...element, letter }] : [];
  });
}

function extrasFor(room: Room, variantId: VariantId, vary: Vary | undefined): Extras {
  const tooAlike = room.looks.takeWords(variantId);
  const direction = room.plans.directionOf(variantId);
  return {
    ...(vary ? { vary } : {}),
    ...(tooAlike ? { tooAlike } : {}),
    ...(direction ? { direction } : {}),
  };
}

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
  room.documents.commitWhenQuiet(variantId);
}

/** What lies on the table beside a variant. */
function othersOnTable(room: Room, { id, setNumber }: Variant): Variant[] {
  return room.variants.filter(
    (each) => each.setNumber === setNumber && each.id !== id && each.deletedAt === null,
  );
}

function isOneSet(variants: readonly Variant[]): boolean {
  const ids = new Set(variants.map(({ id }) => id));
  const sets = new Set(variants.map(({ setNumber }) => setNumber));
  return ids.size === variants.length && sets.size === 1 && variants.every((each) => each.deletedAt === null);
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
    deletedAt: null,
    createdAt: room.options.now(),
  }));
}
