import fc from "fast-check";
import { expect, test } from "vitest";
import type { CommitId, ProjectId, ShareId } from "../../lib/project/ids.ts";
import type { Role } from "../../lib/project/rows.ts";
import { isOver, mayCommand, openAccess } from "../../lib/room/access.ts";
import { hashToken, keyOf } from "../../lib/share/key.ts";
import type { Storage, StoredShare } from "../../lib/storage/types.ts";
import { PROTOCOL } from "../../lib/wire/events.ts";
import { commandNames } from "../../lib/wire/schemas.ts";

const TOKEN = "0123456789abcdefghijklmn";
const PASSWORDS = ["salt.one", "salt.two"];
const share: StoredShare = {
  id: "link-0001" as ShareId,
  tokenHash: hashToken(TOKEN),
  projectId: "project-0001" as ProjectId,
  name: "",
  commitId: null,
  variantId: null,
  set: null,
  variantLetter: null,
  role: "view",
  passwordHash: null,
  createdAt: 0,
  indexed: false,
  expiresAt: null,
  revokedAt: null,
};

/** One row of a database: all that a link is. */
const storageOf = (row: () => StoredShare | null) =>
  ({ getShare: async (id: ShareId) => (id === share.id ? row() : null) }) as unknown as Storage;
const cookie = (key: string) => `triptych_share_${share.id}=${key}`;
const knock = (row: StoredShare | null, key: string, now = 0, by: "cookie" | "auth" = "cookie") =>
  openAccess(
    storageOf(() => row),
    { protocol: PROTOCOL, shareId: share.id, ...(by === "auth" ? { token: key } : {}) },
    by === "cookie" ? cookie(key) : undefined,
    now,
  );

type Change =
  | { revoke: true }
  | { later: number }
  | { endsIn: number | null }
  | { role: StoredShare["role"] }
  | { password: number | null };

const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.oneof(
    fc.constant({ revoke: true } as const),
    fc.record({ later: fc.integer({ min: 0, max: 100 }) }),
    fc.record({ endsIn: fc.option(fc.integer({ min: 1, max: 200 })) }),
    fc.record({ role: fc.constantFrom("view", "comment", "edit") as fc.Arbitrary<StoredShare["role"]> }),
    fc.record({ password: fc.option(fc.constantFrom(0, 1)) }),
  ),
  { maxLength: 12 },
);

test("no sequence of changes ends with a right that the link's row does not give at that moment", async () => {
  await fc.assert(
    fc.asyncProperty(changes, fc.constantFrom("cookie", "auth"), async (all, by) => {
      let row = share;
      let now = 0;
      for (const change of all) {
        if ("revoke" in change) row = { ...row, revokedAt: row.revokedAt ?? now };
        else if ("later" in change) now += change.later;
        else if ("endsIn" in change)
          row = { ...row, expiresAt: change.endsIn === null ? null : now + change.endsIn };
        else if ("role" in change) row = { ...row, role: change.role };
        else
          row = {
            ...row,
            passwordHash: change.password === null ? null : (PASSWORDS[change.password] ?? null),
          };
        const isShut = row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= now);
        for (const shown of [null, ...PASSWORDS]) {
          const access = await knock(row, keyOf(TOKEN, shown), now, by);
          const mayEnter = !isShut && (row.passwordHash === null || row.passwordHash === shown);
          expect(typeof access === "object").toBe(mayEnter);
          if (typeof access !== "object") continue;
          expect(access).toMatchObject({ role: row.role, projectId: row.projectId, endsAt: row.expiresAt });
          expect(isOver(access, now)).toBe(false);
        }
        expect(await knock(row, "another-token-0000000000", now, by)).toBe("unauthorized");
      }
    }),
  );
});

test("a link to stored versions is no way into the room, and neither is a link that is not there", async () => {
  const commitId = "commit-0001" as CommitId;
  expect(await knock({ ...share, commitId }, TOKEN)).toBe("unauthorized");
  expect(await knock({ ...share, set: [{ letter: "A", name: "", commitId }] }, TOKEN)).toBe("unauthorized");
  expect(await knock(null, TOKEN)).toBe("unauthorized");
});

test("who may more may all that others may", () => {
  const roles: Role[] = ["view", "comment", "edit", "owner"];
  for (const name of commandNames) {
    const may = roles.map((role) => mayCommand(role, name));
    expect(may, name).toEqual([...may].sort());
    expect(may.at(-1), name).toBe(true);
  }
});
