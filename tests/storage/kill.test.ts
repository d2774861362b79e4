/**
 * The kill test (live.md §8): a process writes through group commit and says each acknowledged row; SIGKILL at a random
 * moment; what was acknowledged must be there when the folder is opened again. The last test plants the mistake this
 * one is for, an early acknowledgement, and expects it to be caught.
 */
import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startChild } from "./child-process.ts";
import { openEmbedded, seedProject, temporaryFolder } from "./support.ts";

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ROUNDS = Number(process.env.TRIPTYCH_KILL_ROUNDS ?? 5);

test(`after ${ROUNDS} SIGKILLs at random moments every acknowledged update is there, and the folder opens in 3 s`, async () => {
  const setup = await openEmbedded(folder);
  const { a, b } = await seedProject(setup);
  await setup.close();
  const acked = new Map<string, Set<string>>([a, b].map((variant) => [variant.id, new Set()]));
  for (let round = 1; round <= ROUNDS; round += 1) {
    const delayMs = Math.round(Math.random() * 400);
    const child = startChild("write", folder, `${a.id},${b.id}`);
    await child.line((line) => line.startsWith("ack "));
    // The moment of the kill is what varies here; nothing waits for this time to be long enough.
    await sleep(delayMs);
    await child.kill("SIGKILL");
    for (const [, id = "", , words = ""] of child.lines
      .filter((line) => line.startsWith("ack "))
      .map((line) => line.split(" "))) {
      acked.get(id)?.add(words);
    }
    const startedMs = performance.now();
    const storage = await openEmbedded(folder);
    expect(performance.now() - startedMs).toBeLessThan(3_000);
    for (const variant of [a, b]) {
      const { state, updates, seq } = await storage.loadDocument(variant.id);
      const stored = [...(state ? [state] : []), ...updates].flatMap((bytes) =>
        new TextDecoder().decode(bytes).split("\n"),
      );
      const lost = [...(acked.get(variant.id) ?? [])].filter((words) => !stored.includes(words));
      expect(lost, `round ${round}, killed after ${delayMs} ms`).toEqual([]);
      expect(new Set(stored).size, "no update is there twice").toBe(stored.length);
      expect(stored, "numbers have no gaps").toHaveLength(seq);
    }
    await storage.close();
  }
  const total = [...acked.values()].reduce((sum, words) => sum + words.size, 0);
  console.log(`kill test: ${ROUNDS} kills, ${total} acknowledged updates, 0 lost`);
  expect(total).toBeGreaterThan(ROUNDS);
}, 120_000);
