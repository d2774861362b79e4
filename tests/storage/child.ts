/** A process of its own for lock.test.ts and kill.test.ts: `node --import tsx child.ts <hold | write> <folder> [variant]`. */
import type { VariantId } from "#lib/project/ids.ts";
import { groupCommit } from "#lib/storage/group-commit.ts";
import { StorageFailure } from "#lib/storage/types.ts";
import { openEmbedded, update } from "./support.ts";

const [, , job, folder = "", variants = ""] = process.argv;

try {
  const storage = await openEmbedded(folder);
  if (job === "write") {
    const log = groupCommit(storage);
    const write = async (id: VariantId, writer: number) => {
      for (let line = 1; ; line += 1) {
        const words = `${process.pid}.${writer}.${line}`;
        const seq = await log.append(update(id, words));
        process.stdout.write(`ack ${id} ${seq} ${words}\n`);
        // Compaction is among the moments a kill may hit. The state is the log's own text, so nothing may go missing.
        if (writer === 0 && line % 10 === 0) await compact(id);
      }
    };
    const compact = async (id: VariantId) => {
      const { state, updates, seq } = await storage.loadDocument(id);
      const lines = [...(state && state.length > 0 ? [state] : []), ...updates].map((each) =>
        new TextDecoder().decode(each),
      );
      await storage.compact(id, seq, new TextEncoder().encode(lines.join("\n")));
    };
    // Each writer sends its next update when its last one was acknowledged, as many people in a room do.
    for (const id of variants.split(",") as VariantId[])
      for (let writer = 0; writer < 4; writer += 1) void write(id, writer);
  }
  process.stdout.write("open\n");
  // Held until it is killed.
  setInterval(() => {}, 60_000);
} catch (error) {
  const failure =
    error instanceof StorageFailure
      ? { code: error.code, message: error.message }
      : { code: "", message: String(error) };
  process.stdout.write(`failure ${JSON.stringify(failure)}\n`);
}
