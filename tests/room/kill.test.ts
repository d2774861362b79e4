/**
 * The kill test of the whole server (live.md §8): people write through real sockets, SIGKILL at a random moment (also while a version
 * gets a name or the log is compacted), a new process on the same folder and port, everybody comes back by itself. Every
 * acknowledged line and name must be there, for all. The second test plants an acknowledgement before the write, and expects to
 * find it out.
 */
import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { connectRoom, type RoomClient } from "../../lib/client/room-client.ts";
import type { CheckpointId, ProjectId, VariantId } from "../../lib/project/ids.ts";
import { PROTOCOL } from "../../lib/wire/events.ts";
import { freePorts } from "../fixtures/free-ports.ts";
import { type Child, SHORT_LIFE, startChild } from "../storage/child-process.ts";
import { temporaryFolder } from "../storage/support.ts";
import { APP, id, textOf, type } from "./room-server.ts";

const CHILD = fileURLToPath(new URL("./server-child.ts", import.meta.url));
/** 20 in every run, half of them on each of two servers; the nightly figure is 200. */
const ROUNDS = Number(process.env.TRIPTYCH_KILL_ROUNDS ?? 20);
const SEED = Number(process.env.TRIPTYCH_SEED ?? Date.now() % 1_000_000);
const PEOPLE = 3;
/** A kill comes so long after the first acknowledgement, at most. */
const WRITE_MS = 200;

let toEnd: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(toEnd.map((end) => end()));
  toEnd = [];
});

/** Server after server on one folder and one port; the next one waits, ready, while the last one lives. */
class Lives {
  private current: Child | null = null;
  private next: Child;
  private readonly args: string[];
  readonly folder: string;
  readonly port: number;
  readonly clients = new Set<RoomClient>();

  static async open(mistake = ""): Promise<Lives> {
    const [folder, [port = 0]] = await Promise.all([temporaryFolder(), freePorts(1)]);
    const lives = new Lives(folder, port, mistake);
    toEnd.push(() => lives.end());
    await lives.start();
    return lives;
  }

  private constructor(folder: string, port: number, mistake: string) {
    this.folder = folder;
    this.port = port;
    this.args = [folder, "", "0", String(port), mistake, "standby"];
    this.next = startChild(this.args, CHILD, SHORT_LIFE);
  }

  /** Gives how long it took until the new server answers. */
  async start(): Promise<number> {
    const began = performance.now();
    const child = this.next;
    this.current = child;
    child.say("go");
    await child.line((line) => line.startsWith("listening "));
    const ms = performance.now() - began;
    this.next = startChild(this.args, CHILD, SHORT_LIFE);
    return Math.round(ms);
  }

  async kill(): Promise<void> {
    await this.current?.kill("SIGKILL");
  }

  enter(projectId: ProjectId): RoomClient {
    const url = `http://127.0.0.1:${this.port}`;
    const client = connectRoom({ url, credentials: { protocol: PROTOCOL, guestId: id(), projectId } });
    this.clients.add(client);
    return client;
  }

  leave(client: RoomClient): void {
    client.close();
    this.clients.delete(client);
  }

  async end(): Promise<void> {
    for (const client of this.clients) client.close();
    await Promise.all([this.kill(), this.next.kill("SIGKILL")]);
    await rm(this.folder, { recursive: true, force: true });
  }
}

type Written = { projectId: ProjectId; variantId: VariantId; people: RoomClient[]; acked: Set<string> };

async function openProject(lives: Lives): Promise<Written> {
  const { projectId } = await fetch(`http://127.0.0.1:${lives.port}`).then((answer) => answer.json());
  const people = Array.from({ length: PEOPLE }, () => lives.enter(projectId));
  for (const person of people)
    await expect.poll(() => person.getSnapshot().turns.map(({ state }) => state)).toEqual(["done"]);
  const variantId = people[0]?.getSnapshot().variants[0]?.id as VariantId;
  return { projectId, variantId, people, acked: new Set() };
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
    // Who typed on without a pause would never see that all is stored.
    if (open.length >= 4) return;
    const words = `// ${name}.${++line};`;
    open.push(words);
    type(person, variantId, 0, `${words}\n`);
  }, 15);
  return () => clearInterval(timer);
}

/** Gives the variant a name now and again: each is a commit. */
function nameVersions(person: RoomClient, variantId: VariantId, round: number, named: Set<string>) {
  let count = 0;
  const timer = setInterval(async () => {
    const name = `version ${round}.${++count}`;
    const body = { checkpointId: id<CheckpointId>(), variantId, commitId: null, name };
    if ((await person.command("checkpoint", body)).ok) named.add(name);
  }, 60);
  return () => clearInterval(timer);
}

/** Random moments that the seed repeats. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function isBack(client: RoomClient): boolean {
  const { status, pendingUpdates } = client.getSnapshot();
  return status === "live" && pendingUpdates === 0;
}

async function streak(rounds: number, seed: number): Promise<{ acked: number; backMs: number[] }> {
  const lives = await Lives.open();
  const { projectId, variantId, people, acked } = await openProject(lives);
  const [first] = people as [RoomClient];
  const named = new Set<string>();
  const random = randomFrom(seed);
  const backMs: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const before = acked.size;
    const stops = people.map((person, index) => write(person, variantId, `${round}.${index}`, acked));
    stops.push(nameVersions(first, variantId, round, named));
    await expect.poll(() => acked.size, { interval: 20 }).toBeGreaterThan(before);
    // The moment of the kill is what varies; nothing waits for this time to be long enough.
    await sleep(random() * WRITE_MS);
    await lives.kill();
    for (const stop of stops) stop();
    backMs.push(await lives.start());
    const late = lives.enter(projectId);
    const all = [...people, late];
    await expect.poll(() => all.every(isBack), { interval: 25 }).toBe(true);
    await expect
      .poll(() => new Set(all.map((each) => textOf(each, variantId))).size, { interval: 25 })
      .toBe(1);
    const where = `seed ${SEED}, round ${round}`;
    const text = textOf(late, variantId);
    expect(
      [...acked].filter((words) => !text.includes(words)),
      where,
    ).toEqual([]);
    const names = new Set(late.getSnapshot().checkpoints.map(({ name }) => name));
    expect(
      [...named].filter((name) => !names.has(name)),
      where,
    ).toEqual([]);
    expect(late.document(variantId)?.hasPending(), where).toBe(false);
    lives.leave(late);
  }
  return { acked: acked.size, backMs };
}

test(
  `[R4] after ${ROUNDS} SIGKILLs at random moments every acknowledged line is there, for everyone (seed ${SEED})`,
  async () => {
    const half = Math.ceil(ROUNDS / 2);
    const streaks = await Promise.all([streak(half, SEED), streak(ROUNDS - half, SEED + 1)]);
    const backMs = streaks.flatMap((each) => each.backMs).sort((one, other) => one - other);
    const acked = streaks.reduce((sum, each) => sum + each.acked, 0);
    console.log(
      `kill test of the server: ${ROUNDS} kills, ${acked} acknowledged lines, 0 lost; answers again after ${backMs[0]} to ${backMs.at(-1)} ms, median ${backMs[half]} ms (seed ${SEED})`,
    );
  },
  60_000 + ROUNDS * 15_000,
);

test("[R4] a server that acknowledges before it writes is found out", async () => {
  const lives = await Lives.open("early");
  const { projectId, variantId, people } = await openProject(lives);
  for (let round = 1; round <= 5; round++) {
    const acked = new Set<string>();
    const stops = people.map((person, index) => write(person, variantId, `${round}.${index}`, acked));
    await expect.poll(() => acked.size, { interval: 20 }).toBeGreaterThan(0);
    await lives.kill();
    for (const stop of stops) stop();
    // Pages that live push back what they have seen: only a fresh one, alone, shows what the server kept.
    for (const client of lives.clients) lives.leave(client);
    await lives.start();
    const late = lives.enter(projectId);
    await expect.poll(() => late.document(variantId)?.read(APP)).toBeTruthy();
    if ([...acked].some((words) => !textOf(late, variantId).includes(words))) return;
    people.splice(0, people.length, ...Array.from({ length: PEOPLE }, () => lives.enter(projectId)));
    for (const person of people) await expect.poll(() => person.getSnapshot().status).toBe("live");
  }
  expect.fail("5 kills of a server that lies went unnoticed");
}, 120_000);
