/** Every command × every role × own and foreign project, over real sockets. A new command fails here until it stands in the table. */
import { io, type Socket } from "socket.io-client";
import { afterEach, expect, test } from "vitest";
import type { ProjectId, ShareId, VariantId } from "../../lib/project/ids.ts";
import type { Role } from "../../lib/project/rows.ts";
import {
  type Ack,
  type CommandName,
  type Credentials,
  PROTOCOL,
  SOCKET_PATH,
} from "../../lib/wire/events.ts";
import { commandNames } from "../../lib/wire/schemas.ts";
import { id, useRoomServer } from "./room-server.ts";

const room = useRoomServer();
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});

const RANK: Record<Role, number> = { view: 0, comment: 1, edit: 2, owner: 3 };
type Target = { variantId: VariantId; shareId: ShareId; commitId: string; turnId: string };
/** What each command needs, and a body that fits its schema. */
const table: Record<CommandName, { needs: Role; body(target: Target): object }> = {
  join: { needs: "view", body: () => ({ known: [] }) },
  clock: { needs: "view", body: () => ({}) },
  files: { needs: "view", body: ({ commitId }) => ({ commitId }) },
  "name-me": { needs: "view", body: () => ({ name: "Somebody" }) },
  update: {
    needs: "edit",
    body: ({ variantId }) => ({ variantId, updateId: id(), bytes: new Uint8Array([0, 0]) }),
  },
  prompt: {
    needs: "edit",
    body: ({ variantId }) => ({ promptId: id(), turnIds: { [variantId]: id() }, lane: "fast", text: "more" }),
  },
  warm: { needs: "edit", body: () => ({ lane: "fast" }) },
  stop: { needs: "edit", body: ({ turnId }) => ({ turnId }) },
  estimate: {
    needs: "edit",
    body: ({ variantId }) => ({ variantIds: [variantId], lane: "fast", text: "more" }),
  },
  "switch-lane": { needs: "edit", body: ({ turnId }) => ({ turnId, lane: "designer" }) },
  continue: { needs: "edit", body: ({ turnId }) => ({ turnId, nextId: id() }) },
  fix: {
    needs: "edit",
    body: ({ turnId }) => ({
      turnId,
      fixId: id(),
      error: { title: "Error", message: "no", path: "/src/App.tsx", line: 1 },
    }),
  },
  plan: {
    needs: "edit",
    body: ({ variantId }) => ({
      ...{ promptId: id(), turnIds: { [variantId]: id() }, lane: "fast", text: "more" },
      ...{ by: "designer", hold: true },
    }),
  },
  build: { needs: "edit", body: () => ({ promptId: id() }) },
  direct: {
    needs: "edit",
    body: ({ variantId }) => ({
      ...{ promptId: id(), variantId, turnId: id() },
      direction: { name: "N", idea: "", type: "", palette: "", layout: "", tone: "", sections: [] },
    }),
  },
  fork: { needs: "edit", body: ({ variantId }) => ({ variantId, variantIds: [id()] }) },
  keep: { needs: "edit", body: ({ variantId }) => ({ variantId, kept: true }) },
  rename: { needs: "edit", body: ({ variantId }) => ({ variantId, name: "Renamed" }) },
  delete: { needs: "edit", body: ({ variantId }) => ({ variantId, deleted: false }) },
  reorder: { needs: "edit", body: ({ variantId }) => ({ variantIds: [variantId] }) },
  network: { needs: "edit", body: () => ({ hosts: [] }) },
  restore: { needs: "edit", body: ({ variantId, commitId }) => ({ variantId, commitId, turnId: id() }) },
  undo: { needs: "edit", body: ({ turnId }) => ({ turnId, undoId: id() }) },
  checkpoint: {
    needs: "edit",
    body: ({ variantId }) => ({ checkpointId: id(), variantId, commitId: null, name: "Here" }),
  },
  "change-checkpoint": { needs: "edit", body: () => ({ checkpointId: id(), name: null }) },
  "add-package": { needs: "edit", body: ({ variantId }) => ({ variantId, specifier: "swiper" }) },
  share: { needs: "owner", body: () => ({ shareId: id(), token: id(), commitId: null, role: "view" }) },
  "change-share": { needs: "owner", body: ({ shareId }) => ({ shareId, name: "A link" }) },
  comment: { needs: "comment", body: ({ variantId }) => ({ commentId: id(), variantId, text: "Bigger?" }) },
  "list-shares": { needs: "owner", body: () => ({}) },
  revoke: { needs: "owner", body: () => ({ shareId: id() }) },
};
/** Commands whose body names nothing of a project: there is nothing foreign about them. */
const OF_NOBODY: CommandName[] = [
  "join",
  "clock",
  "name-me",
  "warm",
  "network",
  "share",
  "list-shares",
  "change-checkpoint",
];

function connect(credentials: Partial<Credentials> & object): Promise<Socket> {
  const auth = { protocol: PROTOCOL, guestId: id(), ...credentials };
  const socket = io(room.url, { path: SOCKET_PATH, auth, transports: ["websocket"], forceNew: true });
  sockets.push(socket);
  return new Promise((resolve, reject) => {
    socket.on("connect", () => resolve(socket));
    socket.on("connect_error", reject);
  });
}

const ask = (socket: Socket, name: CommandName, body: object): Promise<Ack> =>
  socket.timeout(20_000).emitWithAck(name, body);

async function project(): Promise<
  Target & { projectId: ProjectId; links: Map<Role, { shareId: ShareId; token: string }> }
> {
  const { projectId, owner, variantId } = await room.createProject();
  const turn = owner.getSnapshot().turns[0];
  const links = new Map<Role, { shareId: ShareId; token: string }>();
  for (const role of ["view", "comment", "edit"] as const) {
    const link = { shareId: id<ShareId>(), token: id() };
    expect(await owner.command("share", { ...link, commitId: null, role })).toMatchObject({ ok: true });
    links.set(role, link);
  }
  const shareId = links.get("view")?.shareId as ShareId;
  return { projectId, variantId, shareId, commitId: turn?.commitId ?? "", turnId: turn?.id ?? "", links };
}

test("[W17] every command is granted to its role and above, refused below, and finds nothing of another project", async () => {
  expect(Object.keys(table).sort()).toEqual([...commandNames].sort());
  const [own, foreign] = [await project(), await project()];
  const before = await room.storage.listVariants(foreign.projectId);
  for (const role of ["view", "comment", "edit", "owner"] as const) {
    const socket = await connect(own.links.get(role) ?? { projectId: own.projectId });
    expect(await ask(socket, "join", { known: [] })).toMatchObject({ ok: true, role });
    for (const name of commandNames) {
      const { needs, body } = table[name];
      const answer = await ask(socket, name, body(own));
      const where = `${role} sends ${name}`;
      if (RANK[role] < RANK[needs]) expect(answer, where).toMatchObject({ ok: false, code: "read-only" });
      else expect(answer, where).not.toMatchObject({ code: "read-only" });
      if (RANK[role] < RANK[needs] || OF_NOBODY.includes(name)) continue;
      const elsewhere = await ask(socket, name, body(foreign));
      expect(elsewhere, `${where} of another project`).toMatchObject({ ok: false });
      expect((elsewhere as { code: string }).code, where).toMatch(/^(unknown-|no-plan)/);
    }
  }
  expect(await room.storage.listVariants(foreign.projectId)).toEqual(before);
});

test("[W4] unknown fields, wrong types and missing bodies are refused for every command", async () => {
  const { projectId, ...target } = await project();
  const socket = await connect({ projectId });
  await ask(socket, "join", { known: [] });
  for (const name of commandNames) {
    const body = table[name].body(target);
    for (const bad of [{ ...body, extra: 1 }, null, [], "text", 7])
      expect(await ask(socket, name, bad as object), `${name} with ${JSON.stringify(bad)}`).toMatchObject({
        ok: false,
        code: "bad-event",
      });
  }
});

test("[W18] a page of another protocol is told to reload", async () => {
  const { projectId } = await room.createProject();
  for (const protocol of [PROTOCOL - 1, PROTOCOL + 1])
    await expect(connect({ projectId, protocol })).rejects.toMatchObject({ data: { code: "old-client" } });
});

test("[W16] a socket that floods is refused with a time, and others are not", async () => {
  const { projectId, owner, variantId } = await room.createProject();
  const flooding = await connect({ projectId });
  await ask(flooding, "join", { known: [] });
  const answers = await Promise.all(Array.from({ length: 400 }, () => ask(flooding, "clock", {})));
  const refused = answers.filter((answer) => !answer.ok);
  expect(refused.length).toBeGreaterThan(0);
  for (const answer of refused)
    expect(answer).toEqual({ ok: false, code: "rate-limited", retryAfterMs: 1_000 });
  expect(await owner.command("keep", { variantId, kept: true })).toMatchObject({ ok: true });
});
