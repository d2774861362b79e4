/** What each command does. Bodies are checked and roles are granted before a handler runs; outcomes are values. */
import { askedVersion, PACKAGE_JSON, withDependency } from "#lib/project/dependencies.ts";
import type { CommitId, ProjectId, TurnId, VariantId } from "#lib/project/ids.ts";
import { letterOf } from "#lib/project/letters.ts";
import { limits } from "#lib/project/limits.ts";
import { checkHost } from "#lib/project/network.ts";
import { modulesImported, packageNameOf } from "#lib/project/package-names.ts";
import type { Variant } from "#lib/project/rows.ts";
import type { NewVariant } from "#lib/storage/types.ts";
import { type Handlers, refuse } from "./call.ts";
import { historyHandlers, isOwnCommit } from "./history-commands.ts";
import { preciseNow, type Room } from "./room.ts";
import { shareHandlers } from "./share-commands.ts";

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
    const baseCommitId = commitId ?? (await room.commit(variantId, "person"));
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

  async clock() {
    return { ok: true, nowMs: preciseNow() };
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
