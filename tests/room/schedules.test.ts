/**
 * Random schedules of a room: people write, lose the connection and come back, messages are delivered late, twice, out of order
 * or never, the server is killed with its log half written, compacts, forks, revokes. The real parts: LiveDocument, group commit,
 * the outbox, VariantDocument. Storage and network are in memory, and time is the schedule's.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { isAhead } from "../../lib/client/ahead.ts";
import { createOutbox, type Outbox } from "../../lib/client/outbox.ts";
import { VariantDocument } from "../../lib/document/variant-document.ts";
import type { CommitId, ProjectId, VariantId } from "../../lib/project/ids.ts";
import type { Variant } from "../../lib/project/rows.ts";
import { LiveDocument } from "../../lib/room/live-document.ts";
import type { LoggedUpdate, Storage } from "../../lib/storage/types.ts";
import { createMemoryStorage } from "./memory-storage.ts";

/** 2,000 in every run; the nightly figure is 100,000. */
const RUNS = Number(process.env.TRIPTYCH_SCHEDULES ?? 2_000);
const SEED = Number(process.env.TRIPTYCH_SEED ?? Date.now() % 2 ** 31);

const PEOPLE = 3;
const FILE = "/a.md";
const FILES = new Map([[FILE, "first line\n"]]);

type Step =
  | { do: "insert"; who: number; at: number; text: string }
  | { do: "delete"; who: number; at: number; length: number }
  | { do: "offline" | "online" | "drop" | "swap" | "duplicate" | "revoke"; who: number }
  | { do: "deliver"; who: number }
  | { do: "store" | "kill" | "compact" | "fork" };

const who = fc.nat({ max: PEOPLE - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("insert" as const),
      who,
      at: fc.nat({ max: 40 }),
      text: fc.string({ minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("delete" as const),
      who,
      at: fc.nat({ max: 40 }),
      length: fc.integer({ min: 1, max: 6 }),
    }),
  },
  { weight: 12, arbitrary: fc.record({ do: fc.constant("deliver" as const), who }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        "offline" as const,
        "online" as const,
        "drop" as const,
        "swap" as const,
        "duplicate" as const,
      ),
      who,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("revoke" as const), who: fc.constant(PEOPLE - 1) }) },
  { weight: 6, arbitrary: fc.constant({ do: "store" as const }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom({ do: "kill" as const }, { do: "compact" as const }, { do: "fork" as const }),
  },
);

/** Group commit by hand: what was appended is durable at the next `store`, and lost at a kill before it. */
function manualLog(storage: Pick<Storage, "appendUpdates">, ackEarly: boolean) {
  let waiting: { update: LoggedUpdate; resolve(seq: number): void; reject(error: unknown): void }[] = [];
  return {
    append: (update: LoggedUpdate) =>
      ackEarly && waiting.push({ update, resolve: () => {}, reject: () => {} })
        ? Promise.resolve(0)
        : new Promise<number>((resolve, reject) => waiting.push({ update, resolve, reject })),
    async flush() {
      const batch = waiting;
      waiting = [];
      const numbers = await storage.appendUpdates(batch.map(({ update }) => update));
      for (const [index, { resolve }] of batch.entries()) resolve(numbers[index] ?? 0);
    },
    close: async () => {},
    lose() {
      for (const { reject } of waiting) reject(Object.assign(new Error("killed"), { code: "fenced" }));
      waiting = [];
    },
  };
}

type Message = { to: "server" | "page"; run(): Promise<void> | void };

class Page {
  document = new VariantDocument();
  isOnline = false;
  isRevoked = false;
  private server: LiveDocument | null = null;
  /** In both directions, in the order they were sent. */
  readonly network: Message[] = [];
  private readonly world: World;
  private readonly outbox: Outbox;
  private readonly answers: ((stored: boolean) => void)[] = [];
  acked: string[] = [];

  constructor(world: World) {
    this.world = world;
    const nothing = { keep: async () => null, forget: async () => {}, recall: async () => [] };
    this.outbox = createOutbox(
      (_variant, bytes) => this.send(bytes),
      () => {},
      nothing,
      (flush) => this.flushes.push(flush),
    );
    this.document.onUpdate((bytes, origin) => {
      if (origin.kind === "person") this.outbox.add(this.world.variantId, bytes);
    });
  }

  private readonly flushes: (() => void)[] = [];

  type(at: number, text: string): void {
    const length = this.document.read(FILE)?.length;
    if (length === undefined) return;
    const from = Math.min(at, length);
    this.document.splice(FILE, from, from, text, { kind: "person", clientId: "p" });
    this.flush();
  }

  erase(at: number, length: number): void {
    const text = this.document.read(FILE);
    if (!text) return;
    const from = at % text.length;
    this.document.splice(FILE, from, Math.min(text.length, from + length), "", {
      kind: "person",
      clientId: "p",
    });
    this.flush();
  }

  private flush(): void {
    for (const flush of this.flushes.splice(0)) flush();
  }

  private send(bytes: Uint8Array): Promise<boolean> {
    if (!this.isOnline) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.answers.push(resolve);
      this.network.push({
        to: "server",
        run: () =>
          this.world.receive(this, bytes, (stored) =>
            this.network.push({ to: "page", run: () => resolve(stored) }),
          ),
      });
    });
  }

  goOffline(): void {
    this.isOnline = false;
    this.network.length = 0;
    for (const answer of this.answers.splice(0)) answer(false);
  }

  /** The join of the wire: vectors, what the server lacks, what was not acknowledged. */
  goOnline(): void {
    if (this.isOnline || this.isRevoked) return;
    this.isOnline = true;
    const live = this.world.live;
    const vector = live.document.stateVector();
    const isNewServer = this.server !== null && this.server !== live;
    this.server = live;
    this.document.applyUpdate(live.document.encodeState(this.document.stateVector()), { kind: "remote" });
    this.outbox.reset();
    this.outbox.resend(this.world.variantId);
    if (isNewServer || isAhead(this.document.stateVector(), vector))
      this.outbox.add(this.world.variantId, this.document.encodeState(vector));
    this.flush();
  }

  hear(bytes: Uint8Array): void {
    if (this.isOnline)
      this.network.push({ to: "page", run: () => void this.document.applyUpdate(bytes, { kind: "remote" }) });
  }

  pending(): number {
    return this.outbox.pending();
  }
}

class World {
  readonly variantId = "variant-0001" as VariantId;
  readonly storage = createMemoryStorage(FILES) as Storage;
  readonly pages: Page[];
  readonly ackedUpdates: Uint8Array[] = [];
  forks: { text: string; document: VariantDocument }[] = [];
  log: ReturnType<typeof manualLog>;
  live!: LiveDocument;
  private readonly ackEarly: boolean;

  constructor(ackEarly: boolean) {
    this.ackEarly = ackEarly;
    this.log = manualLog(this.storage, ackEarly);
    this.pages = Array.from({ length: PEOPLE }, () => new Page(this));
  }

  async open(): Promise<void> {
    this.live = await LiveDocument.load({
      storage: this.storage,
      log: this.log,
      variant: variantOf(this.variantId),
      slot: 0,
      epoch: () => null,
      onLocalUpdate: () => {},
      onStorageError: () => {},
    });
  }

  /** As the room does: checked, applied, relayed, answered when it is stored. */
  receive(from: Page, bytes: Uint8Array, answer: (stored: boolean) => void): void {
    if (from.isRevoked) return answer(false);
    const received = this.live.receive(bytes, "p");
    if (!received.ok) throw new Error(`an update of ours was refused: ${received.reason}`);
    for (const page of this.pages) if (page !== from) page.hear(bytes);
    received.stored.then(
      () => {
        this.ackedUpdates.push(bytes);
        answer(true);
      },
      () => answer(false),
    );
  }

  async run(each: Step): Promise<void> {
    const page = this.pages["who" in each ? each.who : 0] as Page;
    switch (each.do) {
      case "insert":
        return page.type(each.at, each.text);
      case "delete":
        return page.erase(each.at, each.length);
      case "deliver":
        await page.network.shift()?.run();
        return;
      case "drop":
        page.network.shift();
        return;
      case "swap":
        page.network.push(...page.network.splice(0, 1));
        return;
      case "duplicate":
        if (page.network[0]) page.network.push(page.network[0]);
        return;
      case "offline":
        return page.goOffline();
      case "online":
        return page.goOnline();
      case "revoke":
        page.isRevoked = true;
        return page.goOffline();
      case "store":
        return this.log.flush();
      case "compact":
        return this.live.compact();
      case "fork":
        return this.fork();
      case "kill":
        return this.kill();
      default:
        return each satisfies never;
    }
  }

  private async kill(): Promise<void> {
    this.log.lose();
    for (const page of this.pages) page.goOffline();
    this.live.document.destroy();
    this.log = manualLog(this.storage, this.ackEarly);
    await this.open();
  }

  private async fork(): Promise<void> {
    await this.live.commit(`commit-${this.forks.length}` as CommitId, "person", null, 0);
    const files = this.live.document.files();
    const document = VariantDocument.seed(files, `fork-${this.forks.length}`);
    this.forks.push({ text: files.get(FILE) ?? "", document });
  }

  /** The network is whole again: everything arrives, everybody joins. */
  async settle(): Promise<void> {
    for (let round = 0; round < 3; round++) {
      for (const page of this.pages) {
        page.goOffline();
        page.goOnline();
      }
      for (let busy = true; busy; ) {
        busy = false;
        for (const page of this.pages)
          while (page.network.length > 0) {
            busy = true;
            await page.network.shift()?.run();
          }
        await this.log.flush();
        await Promise.resolve();
      }
    }
  }
}

function variantOf(id: VariantId): Variant {
  const commitId = "commit-base" as CommitId;
  return {
    id,
    projectId: "project-0001" as ProjectId,
    letter: "A",
    name: "",
    setNumber: 1,
    position: 0,
    parentId: null,
    baseCommitId: commitId,
    headCommitId: commitId,
    keptAt: null,
    deletedAt: null,
    createdAt: 0,
  };
}

async function play(steps: Step[], ackEarly = false): Promise<void> {
  const world = new World(ackEarly);
  await world.open();
  for (const page of world.pages) page.goOnline();
  for (const each of steps) {
    await world.run(each);
    // Promises that a step has settled run before the next one.
    for (let turn = 0; turn < 4; turn++) await Promise.resolve();
  }
  const [last] = world.pages.slice(-1) as [Page];
  const revokedText = last.isRevoked ? world.live.document.read(FILE) : null;
  const ackedBefore = [...world.ackedUpdates];
  // What a new server reads from the log holds all that was acknowledged until now, whoever is still there.
  await assertRecovered(world, ackedBefore);
  await world.settle();
  const here = world.pages.filter((page) => !page.isRevoked);
  const text = world.live.document.read(FILE);
  for (const page of here) {
    expect(page.document.read(FILE)).toBe(text);
    expect(page.pending()).toBe(0);
    if (!last.isRevoked) expect(page.document.hasPending()).toBe(false);
  }
  // Who may never come back can leave an edit behind that waits for one before it: nobody sees it.
  if (!last.isRevoked) expect(world.live.document.hasPending()).toBe(false);
  await assertRecovered(world, world.ackedUpdates, text);
  expect(text).not.toBeNull();
  if (revokedText !== null) expect(last.network).toEqual([]);
  for (const { text: forked, document } of world.forks) expect(document.read(FILE)).toBe(forked);
}

/** Acked ⊆ recovered: applying an acknowledged update to what the log gives changes nothing. */
async function assertRecovered(world: World, acked: Uint8Array[], text?: string | null): Promise<void> {
  const stored = await world.storage.loadDocument(world.variantId);
  const recovered = new VariantDocument();
  if (stored.state) recovered.applyAtRest(stored.state, { kind: "remote" });
  for (const bytes of stored.updates) recovered.applyUpdate(bytes, { kind: "remote" });
  // An acknowledged edit may wait for an earlier one of its page that was lost on the way and is not acknowledged: it is there.
  const isWhole = !recovered.hasPending();
  for (const bytes of isWhole ? acked : []) expect(recovered.takes(bytes, { kind: "remote" })).toBe(false);
  if (text !== undefined) expect(recovered.read(FILE)).toBe(text);
}

/** Found by earlier runs and shrunk: what a state vector does not tell. */
const FOUND_STEPS: [what: string, steps: Step[]][] = [
  [
    "an edit is acknowledged while one before it was lost on the way",
    [
      { do: "insert", who: 2, at: 0, text: " " },
      { do: "drop", who: 2 },
      { do: "insert", who: 2, at: 0, text: " " },
      { do: "deliver", who: 2 },
      { do: "store" },
    ],
  ],
  [
    "a deletion was relayed, then its author and the server went before it was stored",
    [
      { do: "delete", who: 2, at: 0, length: 1 },
      { do: "deliver", who: 2 },
      { do: "deliver", who: 0 },
      { do: "revoke", who: 2 },
      { do: "kill" },
      { do: "store" },
    ],
  ],
];

const schedules = fc.array(step, { minLength: 1, maxLength: 40 });

test(`[R5] after any of ${RUNS} random schedules all texts are equal and nothing acknowledged is lost (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(schedules, (steps) => play(steps)),
    { numRuns: RUNS, seed: SEED },
  );
}, 3_600_000);

test.each(FOUND_STEPS)("[R5] %s: all texts are equal after it", async (_what, steps) => play(steps));

test("[R5] a server that acknowledges before it stores is found out", async () => {
  const found = fc.assert(
    fc.asyncProperty(schedules, (steps) => play(steps, true)),
    { numRuns: 2_000, seed: 1 },
  );
  await expect(found).rejects.toThrow(/Property failed/);
});
