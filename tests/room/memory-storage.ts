/** The part of `Storage` that a live document needs, in memory; what is not durable yet is lost with `crash`. */
import type { CommitId, VariantId } from "../../lib/project/ids.ts";
import type { LoggedUpdate, Storage } from "../../lib/storage/types.ts";

type Part = Pick<
  Storage,
  "appendUpdates" | "loadDocument" | "seedDocument" | "compact" | "readCommit" | "writeCommit"
>;
type Row = { seq: number; data: Uint8Array };

export function createMemoryStorage(files: ReadonlyMap<string, string>): Part {
  const rows = new Map<VariantId, Row[]>();
  const states = new Map<VariantId, { uptoSeq: number; state: Uint8Array }>();
  const numbers = new Map<VariantId, number>();
  const commits = new Map<CommitId, Map<string, string>>();
  return {
    async appendUpdates(updates: LoggedUpdate[]) {
      return updates.map(({ variantId, data }) => {
        const seq = (numbers.get(variantId) ?? 0) + 1;
        numbers.set(variantId, seq);
        rows.set(variantId, [...(rows.get(variantId) ?? []), { seq, data }]);
        return seq;
      });
    },
    async loadDocument(variantId, after = 0) {
      const saved = states.get(variantId);
      const uptoSeq = saved && saved.uptoSeq > after ? saved.uptoSeq : after;
      const updates = (rows.get(variantId) ?? []).filter(({ seq }) => seq > uptoSeq);
      return {
        state: saved && saved.uptoSeq > after ? saved.state : null,
        updates: updates.map(({ data }) => data),
        seq: updates.at(-1)?.seq ?? uptoSeq,
      };
    },
    async seedDocument(variantId, data) {
      if (numbers.has(variantId)) return false;
      numbers.set(variantId, 1);
      rows.set(variantId, [{ seq: 1, data }]);
      return true;
    },
    async compact(variantId, seq, state) {
      if ((states.get(variantId)?.uptoSeq ?? 0) <= seq) states.set(variantId, { uptoSeq: seq, state });
      rows.set(
        variantId,
        (rows.get(variantId) ?? []).filter((row) => row.seq > seq),
      );
    },
    readCommit: async (id) => commits.get(id) ?? new Map(files),
    async writeCommit({ id, files: committed }) {
      commits.set(id, new Map(committed));
    },
  };
}
