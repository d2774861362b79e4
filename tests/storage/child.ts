/** A process of its own for lock.test.ts and kill.test.ts: `node --import tsx child.ts <job> <folder> [variants]`. */
import type { VariantId } from "#lib/project/ids.ts";
import { type GroupCommit, groupCommit } from "#lib/storage/group-commit.ts";
import { type Storage, StorageFailure } from "#lib/storage/types.ts";
import { openEmbedded, update } from "./support.ts";

const [, , job, folder = "", variants = ""] = process.argv;

try {
  const storage = await openEmbedded(folder);
  say("open");
  if (job?.startsWith("write")) {
    const log = groupCommit(storage);
    // Four writers for each variant: each sends its next update when its last one was written.
    for (const id of variants.split(",") as VariantId[]) {
      for (let writer = 1; writer <= 4; writer += 1) void write(storage, log, id, writer);
    }
  }
  // Held until it is killed.
  setInterval(() => {}, 60_000);
} catch (error) {
  const code = error instanceof StorageFailure ? error.code : "";
  say(`failure ${JSON.stringify({ code, message: String(error) })}`);
}

async function write(storage: Storage, log: GroupCommit, id: VariantId, writer: number): Promise<void> {
  for (let line = 1; ; line += 1) {
    const words = `${id} ${process.pid}.${writer}.${line}`;
    // The planted mistake: said before it is true.
    if (job === "write-early") say(`ack ${words}`);
    await log.append(update(id, words));
    if (job === "write") say(`ack ${words}`);
    // Compaction is among the moments that a kill may hit.
    if (writer === 1 && line % 10 === 0) await compact(storage, id);
  }
}

/** The state is the text of the log so far, so that nothing may go missing. */
async function compact(storage: Storage, id: VariantId): Promise<void> {
  const { state, updates, seq } = await storage.loadDocument(id);
  const texts = [...(state ? [state] : []), ...updates].map((bytes) => new TextDecoder().decode(bytes));
  await storage.compact(id, seq, new TextEncoder().encode(texts.join("\n")));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
