/**
 * A person's edits on this device until the server has stored them: a page that is closed, or crashes, while the server is away
 * loses nothing. Where there is no IndexedDB (a private window, Node) edits live as long as the page.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { VariantId } from "#lib/project/ids.ts";

export type Kept = { key: number; variantId: VariantId; bytes: Uint8Array };

export type Keeper = {
  /** Resolves with the key to forget it by; null when it could not be kept. */
  keep(variantId: VariantId, bytes: Uint8Array): Promise<number | null>;
  forget(keys: readonly number[]): Promise<void>;
  /** What earlier pages left, oldest first. */
  recall(): Promise<Kept[]>;
};

type Row = { scope: string; variantId: VariantId; bytes: Uint8Array };
interface Schema extends DBSchema {
  edits: { key: number; value: Row; indexes: { scope: string } };
}

/** `scope` names the project or link; pages of one scope see each other's edits. */
export function createKeeper(scope: string): Keeper {
  const database = openDatabase();
  return {
    async keep(variantId, bytes) {
      const edits = await database;
      if (!edits) return null;
      // A full disk or a closed database: the edit still lives in this page.
      return edits.add("edits", { scope, variantId, bytes }).catch(() => null);
    },
    async forget(keys) {
      const edits = await database;
      if (!edits || keys.length === 0) return;
      await Promise.all(keys.map((key) => edits.delete("edits", key))).catch(() => {});
    },
    async recall() {
      const edits = await database;
      if (!edits) return [];
      const keys = await edits.getAllKeysFromIndex("edits", "scope", scope);
      const rows = await Promise.all(keys.map(async (key) => ({ key, row: await edits.get("edits", key) })));
      return rows.flatMap(({ key, row }) =>
        row ? [{ key, variantId: row.variantId, bytes: row.bytes }] : [],
      );
    },
  };
}

async function openDatabase(): Promise<IDBPDatabase<Schema> | null> {
  if (typeof indexedDB === "undefined") return null;
  try {
    return await openDB<Schema>("triptych", 1, {
      upgrade: (database) =>
        void database.createObjectStore("edits", { autoIncrement: true }).createIndex("scope", "scope"),
    });
  } catch {
    return null;
  }
}
