/**
 * The kill test of the whole server (live.md §8): people write through real sockets, SIGKILL at a random moment, a new process on
 * the same folder and port, everybody comes back by itself. Every acknowledged line must be there, for all. The second test plants
 * an acknowledgement before the write, and expects to find it out.
 */
import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectRoom, type RoomClient } from "../../lib/client/room-client.ts";
import type { ProjectId, VariantId } from "../../lib/project/ids.ts";
import { PROTOCOL } from "../../lib/wire/events.ts";
import { freePorts } from "../fixtures/free-ports.ts";
import { type Child, startChild } from "../storage/child-process.ts";
import { temporaryFolder } from "../storage/support.ts";
import { APP, id, textOf, type } from "./room-server.ts";

const CHILD = fileURLToPath(new URL("./server-child.ts", import.meta.url));
/** 4 in every run; the nightly figure is 200. */
const ROUNDS = Number(process.env.TRIPTYCH_KILL_ROUNDS ?? 4);
const PEOPLE = 8;

let folder = "";
let port = 0;
let child: Child;
let clients: RoomClient[] = [];

beforeEach(async () => {
  folder = await temporaryFolder();
  [port = 0] = await freePorts(1);
});
afterEach(async () => {
  for (const client of clients) client.close();
  clients = [];
  await child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

async function start(mistake = ""): Promise<void> {
  child = startChild([folder, "", "0", String(port), mistake], CHILD);
  await child.line((line) => line.startsWith("listening "));
}

function enter(projectId: ProjectId): RoomClient {
  const client = connectRoom({
    url: `http://127.0.0.1:${port}`,
    credentials: { protocol: PROTOCOL, guestId: id(), projectId },
  });
  clients.push(client);
  return client;
}

async function openProject(): Promise<{ projectId: ProjectId; variantId: VariantId; people: RoomClient[] }> {
  const { projectId } = await fetch(`http://127.0.0.1:${port}`).then((answer) => answer.json());
  const people = Array.from({ length: PEOPLE }, () => enter(projectId));
  for (const person of people)
    await expect.poll(() => person.getSnapshot().turns.map(({ state }) => state)).toEqual(["done"]);
  return { projectId, variantId: people[0]?.getSnapshot().variants[0]?.id as VariantId, people };
}

/** Each writes numbered lines until it is told to stop; what was acknowledged goes into `acked`. */
function write(person: RoomClient, variantId: VariantId, name: string, acked: Set<string>): () => void {
  let line = 0;
  let open: string[] = [];
  const timer = setInterval(() => {
    if (person.getSnapshot().status !== "live") return;
    if (person.getSnapshot().pendingUpdates === 0) {
      for (const each of open) acked.add(each);
      open = [];
    }
    const words = `// ${name}.${++line};`;
    open.push(words);
    type(person, variantId, 0, `${words}\n`);
  }, 15);
  return () => clearInterval(timer);
}

test(
  `[R4] after ${ROUNDS} SIGKILLs at random moments every acknowledged line is there, for everyone`,
  async () => {
    await start();
    const { projectId, variantId, people } = await openProject();
    const acked = new Set<string>();
    const backMs: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const before = acked.size;
      const stops = people.map((person, index) => write(person, variantId, `${round}.${index}`, acked));
      await expect.poll(() => acked.size).toBeGreaterThan(before);
      // The moment of the kill is what varies; nothing waits for this time to be long enough.
      await sleep(Math.random() * 300);
      await child.kill("SIGKILL");
      for (const stop of stops) stop();
      const killedAt = performance.now();
      await start();
      backMs.push(Math.round(performance.now() - killedAt));
      for (const person of people)
        await expect.poll(() => person.getSnapshot()).toMatchObject({ status: "live", pendingUpdates: 0 });
      const late = enter(projectId);
      await expect.poll(() => late.getSnapshot().status).toBe("live");
      await expect.poll(() => new Set([...people, late].map((each) => textOf(each, variantId))).size).toBe(1);
      const text = textOf(late, variantId);
      expect(
        [...acked].filter((words) => !text.includes(words)),
        `round ${round}`,
      ).toEqual([]);
      expect(late.document(variantId)?.hasPending()).toBe(false);
      late.close();
    }
    console.log(
      `kill test of the server: ${ROUNDS} kills, ${acked.size} acknowledged lines, 0 lost; back after ${backMs} ms`,
    );
  },
  ROUNDS * 30_000,
);

test("[R4] a server that acknowledges before it writes is found out", async () => {
  await start("early");
  const { projectId, variantId, people } = await openProject();
  for (let round = 1; round <= 5; round++) {
    const acked = new Set<string>();
    const stops = people.map((person, index) => write(person, variantId, `${round}.${index}`, acked));
    await expect.poll(() => acked.size).toBeGreaterThan(0);
    await child.kill("SIGKILL");
    for (const stop of stops) stop();
    // Pages that live push back what they have seen: only a fresh one, alone, shows what the server kept.
    for (const client of clients.splice(0)) client.close();
    await start("early");
    const late = enter(projectId);
    await expect.poll(() => late.document(variantId)?.read(APP)).toBeTruthy();
    if ([...acked].some((words) => !textOf(late, variantId).includes(words))) return;
    people.splice(0, people.length, ...Array.from({ length: PEOPLE }, () => enter(projectId)));
    for (const person of people) await expect.poll(() => person.getSnapshot().status).toBe("live");
  }
  expect.fail("5 kills of a server that lies went unnoticed");
}, 120_000);
