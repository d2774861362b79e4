/** Stored versions of a room's variants, fetched once: a page looks back at them without changing anything. */
import type { CommitId } from "#lib/project/ids.ts";
import { type ReplicaOfFiles, replicaOf } from "./replica.ts";
import type { RoomClient } from "./room-client.ts";

export type History = {
  /** Null when it cannot be had now. The same commit gives the same object while it is kept. */
  load(commitId: CommitId): Promise<ReplicaOfFiles | null>;
  /** What is here already. */
  peek(commitId: CommitId): ReplicaOfFiles | null;
};

/** Pages have some 50 KB of text; the one that was not looked at for longest goes first. */
const KEPT = 60;

export function createHistory(client: Pick<RoomClient, "command">): History {
  const kept = new Map<CommitId, ReplicaOfFiles>();
  const waiting = new Map<CommitId, Promise<ReplicaOfFiles | null>>();

  async function fetchFiles(commitId: CommitId): Promise<ReplicaOfFiles | null> {
    const answer = await client.command("files", { commitId });
    if (!answer.ok) return null;
    const replica = replicaOf(answer.files);
    kept.set(commitId, replica);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return replica;
  }

  function peek(commitId: CommitId): ReplicaOfFiles | null {
    const replica = kept.get(commitId);
    if (!replica) return null;
    kept.delete(commitId);
    kept.set(commitId, replica);
    return replica;
  }

  return {
    peek,
    async load(commitId) {
      const here = peek(commitId);
      if (here) return here;
      const asked = waiting.get(commitId) ?? fetchFiles(commitId).finally(() => waiting.delete(commitId));
      waiting.set(commitId, asked);
      return asked;
    },
  };
}
