/** All rooms of this process: sockets come in, rooms are loaded once, commands are checked and handed on. */

import { nanoid } from "nanoid";
import type { EditTarget } from "#lib/edit/types.ts";
import type { Driver, Lanes } from "#lib/model/types.ts";
import type { Packages } from "#lib/packages/types.ts";
import type { Files } from "#lib/project/files.ts";
import type { CommitId, ProjectId, PromptId, ShareId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Used } from "#lib/project/lane-view.ts";
import { letterOf } from "#lib/project/letters.ts";
import { limits } from "#lib/project/limits.ts";
import type { Answerer, Lane } from "#lib/project/rows.ts";
import { templateFiles } from "#lib/project/template.ts";
import { type GroupCommit, groupCommit } from "#lib/storage/group-commit.ts";
import type { NewCommit, NewVariant, Storage } from "#lib/storage/types.ts";
import { type AnsweringOptions, createAnswering } from "#lib/turn/answering.ts";
import type { Ack, ByeCode, CommandName } from "#lib/wire/events.ts";
import { commandNames, parseCommand, parsePlace } from "#lib/wire/schemas.ts";
import { isOver, mayCommand, openAccess, whenOver } from "./access.ts";
import { addressOf } from "./address.ts";
import { createBuckets } from "./buckets.ts";
import { type Bus, type BusMessage, noBus } from "./bus.ts";
import type { Call } from "./call.ts";
import type { RoomServer, RoomSocket } from "./channels.ts";
import { handlers } from "./commands.ts";
import { every } from "./every.ts";
import { createFigures, type Figures, type Metric } from "./figures.ts";
import { gaugesOf } from "./gauges.ts";
import { createLeases, RENEW_MS } from "./leases.ts";
import { createLoad, type Load } from "./load.ts";
import { createPassedOn } from "./passed-on.ts";
import { rememberUsed } from "./remember-used.ts";
import { Room } from "./room.ts";
import type { RoomOptions } from "./room-options.ts";
import { route } from "./route.ts";
import { isWithin } from "./scope.ts";
import { titleOf } from "./title.ts";
import { createTokenBucket } from "./token-bucket.ts";

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

/** `plan`: who makes the directions; "hold": they are shown before anything is built. */
export type NewProjectInput = {
  text: string;
  count: number;
  ownerId: string;
  lane?: Answerer;
  plan?: "designer" | "deep";
  hold?: boolean;
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
/** Who is refused for load comes again after so long. */
const BUSY_MS = 3_000;
/** With so few it is not they who make this process late, and nobody is kept out of an empty room. */
const FEW_SOCKETS = 8;
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
  const updates = timed(groupCommit(storage), figures);
  const answering = createAnswering({ ...answers, ...reading(lanes, answers?.designer, load, figures), now });
  const unfollow = onLaneChange((lane) => {
    answering.of(lane).queue.resume();
    // Who is told of lanes follows this one's queue: there may be a second lane now, or none any more.
    if (lane === "deep") answering.of("fast").queue.announce();
  });
  const remembered = rememberUsed(storage, answering, now()).catch((error: unknown) =>
    onError("reading what was used", error),
  );
  const roomBuckets = createBuckets(limits.roomUpdatesPerSecond, limits.roomUpdatesBurst, now);
  const addressBuckets = createBuckets(limits.addressCommandsPerSecond, limits.addressCommandsBurst, now);
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
      run(name, { room: loaded, socket: null as never, dismiss, strikes: { count: 0 } }, body),
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

  async function createProject({
    text,
    count,
    ownerId,
    lane = "fast",
    plan = "designer",
    hold = false,
  }: NewProjectInput) {
    const projectId = id() as ProjectId;
    const commitId = id() as CommitId;
    const createdAt = now();
    const commit: NewCommit = {
      id: commitId,
      projectId,
      parentId: null,
      turnId: null,
      authorKind: "system",
      files: templateFiles,
      createdAt,
    };
    const variants = Array.from({ length: count }, (_, position) =>
      firstVariant(projectId, commitId, position, createdAt, id() as VariantId),
    );
    await storage.createProject(
      { id: projectId, title: titleOf(text), createdAt, ownerId },
      commit,
      variants,
    );
    const turnIds = new Map(variants.map((variant) => [variant.id, id() as TurnId]));
    const promptId = id() as PromptId;
    const made = await room(projectId);
    await made?.hold(variants.map((variant) => variant.id));
    made?.looks.watch(promptId, "explore");
    made?.plans.begin({ promptId, turnIds, lane, text, by: plan, hold, person: ownerId });
    return { projectId };
  }

  function attach(io: RoomServer): void {
    server = io;
    io.use((socket, next) => {
      openAccess(storage, socket.handshake.auth, socket.handshake.headers.cookie, now()).then(
        (access) => {
          if (typeof access === "string") return next(refuse(access));
          if (!load.takesJoins() && io.sockets.sockets.size >= FEW_SOCKETS)
            return next(refuse("busy", BUSY_MS));
          socket.data.access = access;
          next();
        },
        (error: unknown) => {
          onError("opening a room", error);
          next(refuse("busy", BUSY_MS));
        },
      );
    });
    io.on("connection", (socket) => void welcome(socket as RoomSocket));
  }

  function refuse(code: ByeCode, retryAfterMs?: number): Error {
    figures.refused(code);
    return refusal(code, retryAfterMs);
  }

  async function welcome(socket: RoomSocket): Promise<void> {
    // Handlers first: a command that comes while the room loads must find them.
    const { access } = socket.data;
    const loading = room(access.projectId);
    listen(socket, loading);
    socket.on(
      "disconnect",
      whenOver(access, now, () => bye(socket, "expired")),
    );
    if (access.shareId !== null) {
      await socket.join(channelOfShare(access.shareId));
      // Switched off between the look at its row and the join: nobody would tell this socket.
      const again = await openAccess(storage, socket.handshake.auth, socket.handshake.headers.cookie, now());
      if (typeof again === "string") return bye(socket, again);
    }
    const loaded = await loading.catch(() => null);
    if (!loaded) return bye(socket, "unknown-project");
    if (loaded.people.list().length >= limits.peoplePerRoom) return bye(socket, "full");
    socket.on("disconnect", () => loaded.leave(socket));
  }

  function listen(socket: RoomSocket, loading: Promise<Room | null>): void {
    const strikes = { count: 0 };
    const bucket = createTokenBucket(limits.updatesPerSecond, limits.updatesBurst, now);
    for (const name of commandNames) {
      const take = async (body: unknown, ack: unknown) => {
        if (typeof ack !== "function") return;
        const answered = await answer(name, socket, loading, body, strikes, bucket);
        if (!answered.ok) figures.refused(answered.code);
        ack(answered);
      };
      // The map of events is typed by name; this loop serves all of them alike.
      (socket as { on(event: string, listener: (body: unknown, ack: unknown) => void): void }).on(
        name,
        (body, ack) => void take(body, ack),
      );
    }
    const places = createTokenBucket(limits.presencePerSecond, limits.presencePerSecond, now);
    socket.on("presence", (body) => {
      const place = parsePlace(body);
      const seen = socket.data.access.variantId;
      if (place && (seen === null || place.variantId === seen) && places())
        void loading.then((loaded) => loaded?.place(socket, place)).catch(() => {});
    });
  }

  async function answer(
    name: CommandName,
    socket: RoomSocket,
    loading: Promise<Room | null>,
    body: unknown,
    strikes: Call["strikes"],
    bucket: () => boolean,
  ): Promise<Ack> {
    try {
      const parsed = parseCommand(name, body);
      if (!parsed) return { ok: false, code: "bad-event" };
      const { access } = socket.data;
      if (isOver(access, now())) return { ok: false, code: "expired" };
      if (!mayCommand(access.role, name)) return { ok: false, code: "read-only" };
      const isCalm =
        bucket() &&
        addressBuckets(addressOf(socket.handshake)) &&
        (name !== "update" || roomBuckets(access.projectId));
      if (!isCalm) return { ok: false, code: "rate-limited", retryAfterMs: 1_000 };
      const loaded = await loading;
      if (!loaded) return { ok: false, code: "not-joined" };
      if (access.variantId !== null && !isWithin(loaded, access.variantId, name, parsed))
        return { ok: false, code: "unknown-variant" };
      const call: Call = { room: loaded, socket, dismiss, strikes };
      const here = (body: unknown) => run(name, call, body);
      const there = (to: string | null, body: unknown) => passedOn.ask(loaded.project.id, to, name, body);
      // Another process that runs it has no socket to tell who it was.
      const signed = name === "prompt" ? { ...parsed, person: access.guestId ?? socket.id } : parsed;
      return await route(name, signed, { room: loaded, here, there });
    } catch (error) {
      onError(`command ${name}`, error);
      return { ok: false, code: isFull(error) ? "storage-full" : "storage-failed" };
    }
  }

  function run(name: CommandName, call: Call, body: unknown): Promise<Ack> {
    return (handlers[name] as (call: Call, body: unknown) => Promise<Ack>)(call, body);
  }

  async function hear(message: BusMessage, from: string): Promise<void> {
    try {
      if (message.type === "dismiss") return dismissHere(message.shareId, message.code);
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
    const byVariant = new Map<VariantId, { projectId: ProjectId; turnIds: TurnId[] }>();
    for (const { id: turnId, variantId, projectId } of cut) {
      const known = byVariant.get(variantId) ?? { projectId, turnIds: [] };
      known.turnIds.push(turnId);
      byVariant.set(variantId, known);
    }
    for (const [variantId, { projectId, turnIds }] of byVariant)
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
    dismissHere(shareId, code);
    bus.publish({ type: "dismiss", shareId, code });
  }

  function dismissHere(shareId: ShareId, code: ByeCode): void {
    const sockets = server?.in(channelOfShare(shareId));
    sockets?.emit("bye", { code });
    sockets?.disconnectSockets(true);
  }

  return {
    attach,
    createProject,
    async tableOf(projectId) {
      const loaded = await room(projectId);
      if (!loaded) return [];
      const onTable = loaded.variants.filter(({ deletedAt }) => deletedAt === null);
      const newest = Math.max(...onTable.map((variant) => variant.setNumber));
      const shown = onTable
        .filter((variant) => variant.setNumber === newest)
        .sort((one, other) => one.position - other.position);
      const lives = await Promise.all(shown.map(({ id }) => loaded.live(id)));
      return lives.map(({ document }, index) => ({
        name: shown[index]?.name ?? "",
        files: document.files(),
      }));
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

function channelOfShare(shareId: ShareId): string {
  return `share:${shareId}`;
}

function bye(socket: RoomSocket, code: ByeCode): void {
  socket.emit("bye", { code });
  socket.disconnect(true);
}

function refusal(code: ByeCode, retryAfterMs?: number): Error {
  return Object.assign(new Error(code), { data: { code, ...(retryAfterMs ? { retryAfterMs } : {}) } });
}

/** By code, not by class (house style, §3.7). */
function isFull(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "read-only";
}

/** Appends are counted, and how long each took. */
function timed(updates: GroupCommit, figures: Figures): GroupCommit {
  return {
    ...updates,
    async append(update) {
      const startedAt = performance.now();
      const seq = await updates.append(update);
      figures.stored(update.data.byteLength, performance.now() - startedAt);
      return seq;
    },
  };
}

/** Models whose text is counted, and that are read no faster than this process bears. */
function reading(
  lanes: Lanes,
  designer: Driver | undefined,
  load: Load,
  figures: Figures,
): { lanes: Lanes; designer: Driver } {
  // What else a driver is and does is asked of it each time: a lane may get another model.
  const slowed = (driver: Driver): Driver =>
    Object.assign(Object.create(driver) as Driver, {
      async *model(...[prompt, signal, note]: Parameters<Driver["model"]>) {
        for await (const text of driver.model(prompt, signal, note)) {
          figures.text(text.length);
          yield text;
          await load.mayRead(signal);
        }
      },
    });
  // One driver stays one: a lane that is another one's has no queue of its own.
  const known = new Map<Driver, Driver>();
  const once = (driver: Driver): Driver => {
    const read = known.get(driver) ?? slowed(driver);
    known.set(driver, read);
    return read;
  };
  return {
    lanes: {
      get fast() {
        return once(lanes.fast);
      },
      get deep() {
        return once(lanes.deep);
      },
    },
    designer: once(designer ?? lanes.fast),
  };
}

function firstVariant(
  projectId: ProjectId,
  baseCommitId: CommitId,
  position: number,
  createdAt: number,
  id: VariantId,
): NewVariant {
  const letter = letterOf(position);
  return {
    id,
    projectId,
    letter,
    name: "",
    setNumber: 1,
    position,
    parentId: null,
    baseCommitId,
    keptAt: null,
    deletedAt: null,
    createdAt,
  };
}
