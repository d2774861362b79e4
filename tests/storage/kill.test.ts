/**
 * The kill test (live.md §8): a process writes through group commit and says each acknowledged update; SIGKILL at a
 * random moment; what was acknowledged must be there when the folder is opened again. The second test plants the
 * mistake that the first one is for, an acknowledgement before the write, and expects it to be caught.
 */
import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { VariantId } from "#lib/project/ids.ts";
import { startChild } from "./child-process.ts";
import { openEmbedded, seedProject, temporaryFolder } from "./support.ts";

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Nightly only: 200. */
const ROUNDS = Number(process.env.TRIPTYCH_KILL_ROUNDS ?? 5);

test(`after ${ROUNDS} SIGKILLs at random moments every acknowledged update is there, and the folder opens in 3 s`, async () => {
  const variants = await seed();
  const acked = new Set<string>();
  for (let round = 1; round <= ROUNDS; round += 1) {
    const delayMs = await writeUntilKilled("write", variants, acked);
    const { stored, last, openMs } = await reopen(variants);
    const where = `round ${round}, killed after ${delayMs} ms`;
    expect(lost(acked, stored), where).toEqual([]);
    expect(new Set(stored).size, `${where}: an update is there twice`).toBe(stored.length);
    expect(stored.length, `${where}: numbers have gaps`).toBe(last);
    expect(openMs, where).toBeLessThan(3_000);
  }
  console.log(`kill test: ${ROUNDS} kills, ${acked.size} acknowledged updates, 0 lost`);
  expect(acked.size).toBeGreaterThan(ROUNDS);
}, 600_000);

test("a writer that acknowledges before the write is caught", async () => {
  const variants = await seed();
  const acked = new Set<string>();
  for (let round = 1; round <= 10; round += 1) {
    await writeUntilKilled("write-early", variants, acked);
    const { stored } = await reopen(variants);
    if (lost(acked, stored).length > 0) return;
  }
  expect.fail(`10 kills of a writer that lies about ${acked.size} updates went unnoticed`);
}, 120_000);

async function seed(): Promise<VariantId[]> {
  const storage = await openEmbedded(folder);
  const { a, b } = await seedProject(storage);
  await storage.close();
  return [a.id, b.id];
}

/** Adds what the child acknowledged to `acked`; gives the time between its first acknowledgement and the kill. */
async function writeUntilKilled(job: string, variants: VariantId[], acked: Set<string>): Promise<number> {
  const child = startChild([job, folder, variants.join(",")]);
  await child.line((line) => line.startsWith("ack "));
  // The moment of the kill is what varies; nothing waits for this time to be long enough.
  const delayMs = Math.round(Math.random() * 400);
  await sleep(delayMs);
  await child.kill("SIGKILL");
  for (const line of child.lines) if (line.startsWith("ack ")) acked.add(line.slice("ack ".length));
  return delayMs;
}

async function reopen(variants: VariantId[]): Promise<{ stored: string[]; last: number; openMs: number }> {
  const startedMs = performance.now();
  const storage = await openEmbedded(folder);
  const openMs = performance.now() - startedMs;
  const stored: string[] = [];
  let last = 0;
  for (const variantId of variants) {
    const { state, updates, seq } = await storage.loadDocument(variantId);
    const texts = [...(state ? [state] : []), ...updates].map((bytes) => new TextDecoder().decode(bytes));
    stored.push(...texts.flatMap((text) => text.split("\n")));
    last += seq;
  }
  await storage.close();
  return { stored, last, openMs };
}

function lost(acked: Set<string>, stored: string[]): string[] {
  const there = new Set(stored);
  return [...acked].filter((words) => !there.has(words));
}
