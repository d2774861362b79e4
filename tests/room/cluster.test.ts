/** Two processes serve one room: a real Postgres, a real Redis, real sockets, real SIGKILL. Only the model is scripted. */
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { connectRoom, type RoomClient } from "../../lib/client/room-client.ts";
import type { ProjectId, TurnId, VariantId } from "../../lib/project/ids.ts";
import { type Credentials, PROTOCOL } from "../../lib/wire/events.ts";
import { type RedisServer, startRedisServer } from "../fixtures/redis-server.ts";
import { type Child, SHORT_LIFE, startChild } from "../storage/child-process.ts";
import { type PostgresServer, startPostgresServer } from "../storage/postgres-server.ts";
import { id, prompt, textOf, type } from "./room-server.ts";

const CHILD = fileURLToPath(new URL("./server-child.ts", import.meta.url));
/** 1 in every run; the nightly figure is 50. */
const RUNS = Number(process.env.TRIPTYCH_CLUSTER_RUNS ?? 1);
/** 3 in every run; nightly 30, and frozen as well as killed. */
const AWAY_SECONDS = Number(process.env.TRIPTYCH_REDIS_AWAY_SECONDS ?? 3);

const redis: RedisServer | null = await startRedisServer();
if (!redis) console.log("redis-server is not installed: the tests of several processes are skipped.");

type Process = { url: string; child: Child };
let postgres: PostgresServer;
let clients: RoomClient[] = [];
let processes: Process[] = [];

beforeAll(async () => {
  if (redis) postgres = await startPostgresServer();
});
afterEach(async () => {
  for (const client of clients) client.close();
  for (const { child } of processes) await child.kill("SIGKILL");
  clients = [];
  processes = [];
});
afterAll(async () => {
  await postgres?.stop();
  await redis?.stop();
});

async function startTwo(lossShare = 0): Promise<[Process, Process]> {
  const database = await postgres.database();
  // Both at once: migrations run once, under a lock.
  const started = await Promise.all([start(database, lossShare), start(database, lossShare)]);
  processes = started;
  return started as [Process, Process];
}

async function start(database: string, lossShare: number): Promise<Process> {
  const child = startChild([database, redis?.url ?? "", String(lossShare)], CHILD, SHORT_LIFE);
  const line = await child.line((each) => each.startsWith("listening "));
  return { url: `http://127.0.0.1:${line.split(" ")[1]}`, child };
}

async function enter({ url }: Process, projectId: ProjectId): Promise<RoomClient> {
  const credentials: Credentials = { protocol: PROTOCOL, guestId: id(), projectId };
  const client = connectRoom({ url, credentials });
  clients.push(client);
  await expect.poll(() => client.getSnapshot().status).toBe("live");
  return client;
}

async function createProject({ url }: Process, count = 1): Promise<{ projectId: ProjectId }> {
  return (await fetch(url, { headers: { "x-count": String(count) } })).json();
}

const stateOf = (client: RoomClient, turnId: TurnId | undefined) =>
  client.getSnapshot().turns.find((turn) => turn.id === turnId)?.state;
const shown = (client: RoomClient, variantId: VariantId) =>
  [textOf(client, variantId), ...(client.drafts(variantId)?.open() ?? []).map(({ text }) => text)].join("|");

describe.skipIf(!redis)("two processes", { timeout: 120_000 }, () => {
  test("[S1] a turn of one is seen live through the other, stopped and followed through it, and its drafts reach who joins late", async () => {
    const [one, two] = await startTwo();
    const { projectId } = await createProject(one);
    const [owner, other] = [await enter(one, projectId), await enter(two, projectId)];
    await expect.poll(() => other.getSnapshot().turns.map(({ state }) => state)).toEqual(["done"]);
    expect(other.getSnapshot().people).toHaveLength(2);
    const variantId = owner.getSnapshot().variants[0]?.id as VariantId;
    const endless = prompt(owner, [variantId], "endless");
    await endless.send();
    const turnId = endless.turnIds[variantId] as TurnId;
    await expect.poll(() => shown(other, variantId)).toContain("line 20 ");
    const late = await enter(two, projectId);
    await expect.poll(() => shown(late, variantId)).toContain("line 20 ");
    // A prompt for the variant that the other process writes waits there, behind the turn.
    const after = prompt(other, [variantId], "after");
    expect(await after.send()).toMatchObject({ ok: true, turns: [{ state: "running" }] });
    expect(await other.command("stop", { turnId })).toEqual({ ok: true });
    await expect.poll(() => stateOf(other, turnId)).toBe("stopped");
    for (const client of [owner, other, late]) {
      await expect.poll(() => stateOf(client, after.turnIds[variantId])).toBe("done");
      await expect.poll(() => shown(client, variantId)).toContain("<p>after</p>");
      expect(client.drafts(variantId)?.open()).toEqual([]);
    }
    // Both fork at once: two sets, each with its own number, in both processes.
    const ids = () => [id<VariantId>(), id<VariantId>()];
    const [first, second] = [ids(), ids()];
    await Promise.all([
      owner.command("fork", { variantId, variantIds: first }),
      other.command("fork", { variantId, variantIds: second }),
    ]);
    for (const client of [owner, other]) {
      await expect.poll(() => client.getSnapshot().variants.length).toBe(5);
      const sets = new Set(client.getSnapshot().variants.map(({ setNumber }) => setNumber));
      expect([...sets].sort()).toEqual([1, 2, 3]);
      for (const each of [...first, ...second])
        await expect.poll(() => textOf(client, each)).toBe(textOf(owner, variantId));
    }
  });

  test("[S2] SIGKILL of the process that runs a turn: the other cuts it, keeps what was whole, and writes on", async () => {
    const [one, two] = await startTwo();
    const { projectId } = await createProject(one);
    const [owner, other] = [await enter(one, projectId), await enter(two, projectId)];
    const variantId = owner.getSnapshot().variants[0]?.id as VariantId;
    await expect.poll(() => stateOf(other, owner.getSnapshot().turns[0]?.id)).toBe("done");
    type(owner, variantId, 0, "// by hand\n");
    await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
    const endless = prompt(owner, [variantId], "endless");
    await endless.send();
    const waiting = prompt(owner, [variantId], "never");
    await waiting.send();
    await expect.poll(() => shown(other, variantId)).toContain("line 20 ");
    await expect.poll(() => stateOf(other, waiting.turnIds[variantId])).toBe("running");
    await one.child.kill("SIGKILL");
    const killedAt = performance.now();
    await expect.poll(() => stateOf(other, endless.turnIds[variantId]), { interval: 20 }).toBe("cut");
    console.log(`taken over ${Math.round(performance.now() - killedAt)} ms after the kill`);
    await expect.poll(() => stateOf(other, waiting.turnIds[variantId])).toBe("cut");
    expect(other.drafts(variantId)?.open()).toEqual([]);
    const next = prompt(other, [variantId], "goes on");
    expect(await next.send()).toMatchObject({ ok: true });
    await expect.poll(() => stateOf(other, next.turnIds[variantId])).toBe("done");
    const late = await enter(two, projectId);
    expect(textOf(late, variantId)).toContain("<p>goes on</p>");
    expect(textOf(late, variantId)).toBe(textOf(other, variantId));
  });

  test("[S4] a process that slept through its lease finds its turn cut; its late writes are refused and its pages start from what is stored", async () => {
    const [one, two] = await startTwo();
    const { projectId } = await createProject(one);
    const [owner, other] = [await enter(one, projectId), await enter(two, projectId)];
    const variantId = owner.getSnapshot().variants[0]?.id as VariantId;
    await expect.poll(() => stateOf(other, owner.getSnapshot().turns[0]?.id)).toBe("done");
    const endless = prompt(owner, [variantId], "endless");
    await endless.send();
    await expect.poll(() => shown(other, variantId)).toContain("line 20 ");
    process.kill(one.child.pid, "SIGSTOP");
    await expect.poll(() => stateOf(other, endless.turnIds[variantId])).toBe("cut");
    const next = prompt(other, [variantId], "goes on");
    expect(await next.send()).toMatchObject({ ok: true });
    await expect.poll(() => stateOf(other, next.turnIds[variantId])).toBe("done");
    process.kill(one.child.pid, "SIGCONT");
    await one.child.line((line) => line.includes("was taken over by another process"));
    await expect.poll(() => stateOf(owner, endless.turnIds[variantId])).toBe("cut");
    await expect.poll(() => stateOf(owner, next.turnIds[variantId])).toBe("done");
    await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
    const all = [owner, other, await enter(one, projectId), await enter(two, projectId)];
    await expect.poll(() => new Set(all.map((each) => shown(each, variantId))).size).toBe(1);
  });

  test.each(AWAY_SECONDS < 30 ? (["killed"] as const) : (["killed", "frozen"] as const))(
    `[S5] while Redis is away (%s) for ${AWAY_SECONDS} s the log brings what each wrote to the other; after it drafts are seen at once again`,
    async (how) => {
      const [one, two] = await startTwo();
      const { projectId } = await createProject(one, 2);
      const [owner, other] = [await enter(one, projectId), await enter(two, projectId)];
      const [variantId, typed] = owner.getSnapshot().variants.map(({ id }) => id) as [VariantId, VariantId];
      await expect
        .poll(() => other.getSnapshot().turns.map(({ state }) => state), { timeout: 20_000 })
        .toEqual(["done", "done"]);
      const comeBack = await takeAway(redis as RedisServer, how);
      const endless = prompt(owner, [variantId], "endless");
      expect(await endless.send()).toMatchObject({ ok: true });
      const ends = performance.now() + AWAY_SECONDS * 1_000;
      const read = (client: RoomClient, line: string) =>
        expect.poll(() => textOf(client, typed), { timeout: 20_000 }).toContain(line);
      for (let round = 0; round === 0 || performance.now() < ends; round++) {
        const lines = [`// ${how} one ${round}\n`, `// ${how} two ${round}\n`] as const;
        type(owner, typed, 0, lines[0]);
        type(other, typed, 0, lines[1]);
        await Promise.all([read(other, lines[0]), read(owner, lines[1])]);
      }
      await expect.poll(() => stateOf(other, endless.turnIds[variantId])).toBe("running");
      await expect.poll(() => owner.drafts(variantId)?.open().length).toBe(1);
      // Only messages carry drafts: that none is here says that Redis was away indeed.
      expect(other.drafts(variantId)?.open()).toEqual([]);
      await comeBack();
      await expect.poll(() => other.drafts(variantId)?.open().length, { timeout: 20_000 }).toBe(1);
      expect(await other.command("stop", { turnId: endless.turnIds[variantId] as TurnId })).toEqual({
        ok: true,
      });
      const late = await enter(two, projectId);
      for (const client of [owner, other, late]) {
        await expect.poll(() => stateOf(client, endless.turnIds[variantId])).toBe("stopped");
        await expect.poll(() => client.getSnapshot().pendingUpdates).toBe(0);
        for (const each of [variantId, typed])
          await expect.poll(() => shown(client, each)).toBe(shown(owner, each));
      }
    },
    60_000 + AWAY_SECONDS * 2_000,
  );

  test(
    `[S3] ${RUNS} × people and models write on both while 5 % of the messages between them are lost: all texts end equal`,
    async () => {
      const [one, two] = await startTwo(0.05);
      for (let run = 1; run <= RUNS; run++) await converge(one, two);
    },
    RUNS * 120_000,
  );
});

/** Its process is gone, or it is there and answers nothing; gives what brings it back. */
async function takeAway(server: RedisServer, how: "killed" | "frozen"): Promise<() => Promise<void>> {
  if (how === "killed") {
    await server.stop();
    return () => server.restart();
  }
  process.kill(server.pid, "SIGSTOP");
  return async () => void process.kill(server.pid, "SIGCONT");
}

async function converge(one: Process, two: Process): Promise<void> {
  const { projectId } = await createProject(one, 2);
  const people = await Promise.all([one, two, one, two].map((each) => enter(each, projectId)));
  const [owner, other] = people as [RoomClient, RoomClient];
  const [a, b] = owner.getSnapshot().variants.map((variant) => variant.id) as [VariantId, VariantId];
  for (const person of people)
    await expect.poll(() => person.getSnapshot().turns.map(({ state }) => state)).toEqual(["done", "done"]);
  const endless = [prompt(owner, [a], "endless"), prompt(other, [b], "endless")] as const;
  for (const each of endless) expect(await each.send()).toMatchObject({ ok: true });
  for (let round = 0; round < 60; round++) {
    const person = people[round % people.length] as RoomClient;
    person.document(round % 2 ? a : b)?.create(`/src/note-${round % 5}.md`, `round ${round}\n`, {
      kind: "person",
      clientId: "test",
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  // Each is stopped through the process that does not run it.
  const stops = [
    await other.command("stop", { turnId: endless[0].turnIds[a] as TurnId }),
    await owner.command("stop", { turnId: endless[1].turnIds[b] as TurnId }),
  ];
  expect(stops).toEqual([{ ok: true }, { ok: true }]);
  for (const person of people) {
    await expect.poll(() => stateOf(person, endless[0].turnIds[a])).toBe("stopped");
    await expect.poll(() => stateOf(person, endless[1].turnIds[b])).toBe("stopped");
    await expect.poll(() => person.getSnapshot().pendingUpdates).toBe(0);
  }
  for (const variantId of [a, b]) {
    const files = (client: RoomClient) => [...(client.document(variantId)?.files() ?? [])];
    await expect.poll(() => new Set(people.map((person) => JSON.stringify(files(person)))).size).toBe(1);
    const late = await enter(two, projectId);
    expect(files(late)).toEqual(files(owner));
    expect(late.document(variantId)?.hasPending()).toBe(false);
  }
  for (const person of people) person.close();
}
