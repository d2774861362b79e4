"use client";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { createHistory, type History } from "#lib/client/history.ts";
import type { ReplicaOfFiles } from "#lib/client/replica.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { CommitId, VariantId } from "#lib/project/ids.ts";
import type { Turn, Variant } from "#lib/project/rows.ts";
import { groupTurns } from "./table.ts";

/** A moment that can be looked at: which commit each variant stood at. */
export type Moment = { key: string; label: string; commits: ReadonlyMap<VariantId, CommitId> };

export type LookBack = {
  /** The start, then each ended prompt, oldest first. */
  moments: Moment[];
  /** What is looked at; null: now. */
  at: Moment | null;
  look(moment: Moment | null): void;
  /** One moment earlier or later; later than the last one is now. */
  step(by: -1 | 1): void;
  /** The stored version to show in a variant's place. */
  stored(variantId: VariantId): ReplicaOfFiles | null;
  /** Fetches what the next steps will show. */
  prepare(): void;
  history: History;
};

/** Looking back changes nothing: the documents go on, and leaving shows them as they are then. */
export function useLookBack(client: RoomClient, turns: readonly Turn[], shown: readonly Variant[]): LookBack {
  const history = useMemo(() => createHistory(client), [client]);
  const moments = useMemo(() => momentsOf(turns, shown), [turns, shown]);
  const [at, setAt] = useState<Moment | null>(null);
  const [stored, setStored] = useState<ReadonlyMap<VariantId, ReplicaOfFiles>>(new Map());
  const latest = useRef<Moment | null>(null);

  const look = useCallback(
    (moment: Moment | null) => {
      latest.current = moment;
      setAt(moment);
      if (!moment) return setStored(new Map());
      void loadAll(history, moment).then((loaded) => {
        // Another one was asked for since.
        if (latest.current === moment) setStored(loaded);
      });
    },
    [history],
  );
  // Another set lies on the table.
  const table = shown.map(({ id }) => id).join();
  useEffect(() => {
    if (table !== "") look(null);
  }, [table, look]);

  const step = (by: -1 | 1) => {
    const index = at ? moments.findIndex(({ key }) => key === at.key) : moments.length;
    look(moments[Math.max(0, (index < 0 ? moments.length : index) + by)] ?? null);
  };
  const prepare = () => {
    for (const moment of moments.slice(-20)) void loadAll(history, moment);
  };
  return { moments, at, look, step, stored: (id) => stored.get(id) ?? null, prepare, history };
}

async function loadAll(
  history: History,
  { commits }: Moment,
): Promise<ReadonlyMap<VariantId, ReplicaOfFiles>> {
  const loaded = await Promise.all(
    [...commits].map(async ([variantId, commitId]) => [variantId, await history.load(commitId)] as const),
  );
  return new Map(loaded.filter((each): each is [VariantId, ReplicaOfFiles] => each[1] !== null));
}

/** Each prompt moves the variants that it was sent to; the others stand where they stood. */
export function momentsOf(turns: readonly Turn[], shown: readonly Variant[]): Moment[] {
  const commits = new Map(shown.map(({ id, baseCommitId }) => [id, baseCommitId]));
  const moments: Moment[] = [{ key: "start", label: "Start", commits: new Map(commits) }];
  for (const group of groupTurns(turns, shown)) {
    const ended = group.turns.filter((turn) => turn.commitId !== null);
    if (ended.length === 0) continue;
    for (const turn of ended) commits.set(turn.variantId, turn.commitId as CommitId);
    moments.push({ key: group.promptId, label: group.prompt, commits: new Map(commits) });
  }
  return moments;
}
