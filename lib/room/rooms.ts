/** All rooms of this process: sockets come in, rooms are loaded once, commands are checked and handed on. */

import { nanoid } from "nanoid";
import type { EditTarget } from "#lib/edit/types.ts";
import type { Packages } from "#lib/packages/types.ts";
import type { Files } from "#lib/project/files.ts";
import type { CommitId, ProjectId, ShareId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Used } from "#lib/project/lane-view.ts";
import type { NewProjectInput } from "#lib/project/new-project-input.ts";
import type { Lane } from "#lib/project/rows.ts";
import { groupCommit } from "#lib/storage/group-commit.ts";
import type { Storage } from "#lib/storage/types.ts";
import { type AnsweringOptions, createAnswering } from "#lib/turn/answering.ts";
import type { ByeCode } from "#lib/wire/events.ts";
import { type Bus, type BusMessage, noBus } from "./bus.ts";
import type { RoomServer } from "./channels.ts";
import { dismissHere, openDoorway } from "./doorway.ts";
import { every } from "./every.ts";
import { createFigures, type Metric } from "./figures.ts";
import { gaugesOf } from "./gauges.ts";
import { createLeases, RENEW_MS } from "./leases.ts";
import { createLoad, type Load } from "./load.ts";
import { newProject } from "./new-project.ts";
import { createPassedOn } from "./passed-on.ts";
import { rememberUsed } from "./remember-used.ts";
import { Room } from "./room.ts";
import type { RoomOptions } from "./room-options.ts";
import { slowedLanes } from "./slowed-lanes.ts";
import { tableOf } from "./table-of.ts";
import { createTakeCommand, runCommand } from "./take-command.ts";
import { timedLog } from "./timed-log.ts";

export type Rooms = {
  attach(io: RoomServer): void;
  /** Rows and running turns; resolves as soon as the rows are durable, before the model says anything. */
  createProject(input: NewProjectInput): Promise<{ projectId: ProjectId }>;
  /** The newest set of a project as it is now, in its order; none when there is no such project. */
  tableOf(projectId: ProjectId): Promise<{ name: string; files: Files }[]>;
  /** Tokens that count against the caps; null where it is not known: no project is meant, or it is not open here. */
  used(projectId: ProjectId | null): Promise<Used>;
  /** For `/api/metrics`. */
  figures(): Promise<Metric[]>;
  /** Stops turns, flushes, and tells every page that the server goes. */
  close(): Promise<void>;
};

export type RoomsOptions = {
  storage: Storage;
  lanes: AnsweringOptions["lanes"];
  /** Tells when a lane has another model. */
  onLaneChange?(listener: (lane: Lane) => void): () => void;
  /** Who else answers, what it may cost, how many at once. */
  answers?: Omit<AnsweringOptions, "lanes" | "now">;
  packages: Pick<Packages, "add">;
  accepts: NonNullable<EditTarget["accepts"]>;
  now?: () => number;
  id?: () => string;
  log?: (line: string) => void;
  /** To the other processes that serve the same rooms; without one this process is alone. */
  bus?: Bus;
  /** What is given up under load; the bench gives one that gives up nothing. */
  load?: Load;
  /** A link to this version was made: its page can be built before anyone asks. */
  onShared?(commitId: CommitId): void;
};

const UNLOAD_AFTER_MS = 60_000;
const POLL_MS = 2_000;
const CUT = "The server stopped while this was written; what was whole is kept.";

export function openRooms({
  storage,
  lanes,
  answers,
  packages,
  accepts,
  now = Date.now,
  id = nanoid,
  log = console.error,
  bus = noBus(id()),
  load = createLoad({ onChange: (level) => log(`load: ${level}`) }),
  onShared = () => {},
  onLaneChange = () => () => {},
}: RoomsOptions): Rooms {
  const rooms = new Map<ProjectId, Promise<Room | null>>();
  const onError = (what: string, error: unknown) =>
    log(`${what} failed: ${error instanceof Error ? error.message : error}`);
  const figures = createFigures();
  const updates = timedLog(groupCommit(storage), figures);
  const answering = createAnswering({
    ...answers,
    ...slowedLanes(lanes, answers?.designer, load, figures),
    now,
  });
  const unfollow = onLaneChange((lane) => {
    answering.of(lane).queue.resume();
    // Who is told of lanes follows this one's queue: there may be a second lane now, or none any more.
    if (lane === "deep") answering.of("fast").queue.announce();
  });
  const remembered = rememberUsed(storage, answering, now()).catch((error: unknown) =>
    onError("reading what was used", error),
  );
  let server: RoomServer | null = null;
  const sweeper = setInterval(() => void sweep(), UNLOAD_AFTER_MS / 4);
  sweeper.unref();
  const leases = createLeases({
    storage,
    owner: bus.self,
    onLost: (variantId) => void abandon(variantId),
    onError,
  });
  const passedOn = createPassedOn({
    bus,
    id,
    opened: (projectId) => rooms.get(projectId),
    open: room,
    // What is passed on has no socket here: it answers with what happened.
    run: (name, loaded, body) =>
      runCommand(name, { room: loaded, socket: null as never, dismiss, strikes: { count: 0 } }, body),
  });
  bus.listen((message, from) => void hear(message, from));
  // The embedded database is this process's alone: what one before it left running is cut once, and nobody takes anything over.
  const isAlone = storage.engine === "pglite";
  const left = isAlone ? cutAbandoned().catch((error: unknown) => onError("cutting turns", error)) : null;
  // Two beats: a slow look for others' turns must not cost this process its own.
  const renewing = isAlone ? null : every(RENEW_MS, leases.renew, (error) => onError("renewing", error));
  const looking = isAlone
    ? null
    : every(RENEW_MS, cutAbandoned, (error) => onError("looking after turns", error));
  const polling = bus.isShared ? every(POLL_MS, poll, (error) => onError("reading the log", error)) : null;

  function room(projectId: ProjectId): Promise<Room | null> {
    const known = rooms.get(projectId);
    if (known) return known;
    if (!server) throw new Error("rooms are not attached to a server yet");
    const options: RoomOptions = {
      io: server,
      storage,
      log: updates,
      answering,
      packages,
      accepts,
      now,
      id,
      bus,
      leases,
      load,
      figures,
      onShared,
      onError,
    };
    // Nobody waits for figures that nothing is measured by.
    const counted = answering.spending.hasCaps ? remembered : Promise.resolve();
    const loading = counted.then(() => Room.load(options, projectId));
    rooms.set(projectId, loading);
    loading.then((loaded) => loaded ?? rooms.delete(projectId)).catch(() => rooms.delete(projectId));
    return loading;
  }

  async function sweep(): Promise<void> {
    for (const [projectId, loading] of rooms) {
      const loaded = await loading.catch(() => null);
      if (!loaded?.isIdleFor(UNLOAD_AFTER_MS)) continue;
      rooms.delete(projectId);
      await loaded.close();
    }
  }

  function attach(io: RoomServer): void {
    server = io;
    const take = createTakeCommand({ now, ask: passedOn.ask, dismiss, onError });
    openDoorway({ io, storage, load, figures, now, room, take, onError });
  }

  /** The rows first; then the directions of its first turns. */
  async function createProject(input: NewProjectInput): Promise<{ projectId: ProjectId }> {
    const { project, commit, variants, begin } = newProject(input, id, now());
    await storage.createProject(project, commit, variants);
    const made = await room(project.id);
    await made?.hold(variants.map((variant) => variant.id));
    made?.looks.watch(begin.promptId, "explore");
    made?.plans.begin(begin);
    return { projectId: project.id };
  }

  async function hear(message: BusMessage, from: string): Promise<void> {
    try {
      if (message.type === "dismiss") return dismissHere(server, message.shareId, message.code);
      if ((await passedOn.hear(message)) || !("projectId" in message)) return;
      const loaded = await rooms.get(message.projectId);
      loaded?.hear(message, from);
    } catch (error) {
      onError("a message of another process", error);
    }
  }

  /** Turns whose process is gone are cut by the first one that sees it; it tells the others. */
  async function cutAbandoned(): Promise<void> {
    const cut = await storage.cutAbandonedTurns(CUT, now());
    for (const [variantId, { projectId, turnIds }] of byVariant(cut))
      if (server) await (await room(projectId))?.elsewhere.cutTurns(turnIds, variantId, CUT);
  }

  async function poll(): Promise<void> {
    for (const loading of rooms.values()) await (await loading.catch(() => null))?.elsewhere.poll();
  }

  async function abandon(variantId: VariantId): Promise<void> {
    for (const [projectId, loading] of rooms) {
      const loaded = await loading.catch(() => null);
      if (!loaded?.variant(variantId)) continue;
      rooms.delete(projectId);
      log(`variant ${variantId} was taken over by another process: its room is loaded anew`);
      await loaded.abandon();
    }
  }

  function dismiss(shareId: ShareId, code: ByeCode): void {
    dismissHere(server, shareId, code);
    bus.publish({ type: "dismiss", shareId, code });
  }

  return {
    attach,
    createProject,
    async tableOf(projectId) {
      const loaded = await room(projectId);
      return loaded ? tableOf(loaded) : [];
    },
    async used(projectId) {
      await remembered;
      const opened = projectId === null ? null : await rooms.get(projectId);
      const costs = opened?.turns.costs;
      const { hourUsed } = answering.spending;
      return { turn: costs?.newest ?? null, hour: hourUsed, project: costs?.spent ?? null };
    },
    async figures() {
      const open = await Promise.all([...rooms.values()].map((loading) => loading.catch(() => null)));
      const loaded = open.flatMap((each) => each ?? []);
      const { rows, bytes } = await storage.logSize();
      return [...gaugesOf({ rooms: loaded, rows, bytes, load }), ...figures.read()];
    },
    async close() {
      clearInterval(sweeper);
      // First: a model that waits to be read on would keep its turn from ending.
      load.close();
      unfollow();
      server?.emit("bye", { code: "restart" });
      await Promise.all(
        [...rooms.values()].map(async (loading) => (await loading.catch(() => null))?.close()),
      );
      await updates.close();
      await Promise.all([left, renewing?.stop(), looking?.stop(), polling?.stop()]);
      await leases.close();
      await bus.close();
    },
  };
}

type CutTurn = { id: TurnId; variantId: VariantId; projectId: ProjectId };

function byVariant(cut: CutTurn[]): Map<VariantId, { projectId: ProjectId; turnIds: TurnId[] }> {
  const groups = new Map<VariantId, { projectId: ProjectId; turnIds: TurnId[] }>();
  for (const { id, variantId, projectId } of cut) {
    const known = groups.get(variantId) ?? { projectId, turnIds: [] };
    known.turnIds.push(id);
    groups.set(variantId, known);
  }
  return groups;
}
