import fc from "fast-check";
import { expect, test } from "vitest";
import { createAttempts } from "../../lib/share/attempts.ts";
import {
  hashPassword,
  hashToken,
  isPassword,
  keyCookie,
  keyOf,
  type Lock,
  openingOf,
  pageKeyOf,
} from "../../lib/share/key.ts";

const TOKEN = "0123456789abcdefghijklmn";
const lock = (change: Partial<Lock> = {}): Lock => ({
  tokenHash: hashToken(TOKEN),
  passwordHash: null,
  expiresAt: null,
  revokedAt: null,
  ...change,
});

test("a link opens with its token alone, and with nothing else", () => {
  expect(openingOf(lock(), TOKEN, 0)).toBe("open");
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constant(null)), (other) => {
      fc.pre(other?.split(".")[0] !== TOKEN);
      expect(openingOf(lock(), other, 0)).toBe("unknown");
    }),
  );
});

test("only who holds the token learns that a link was switched off, has ended or wants a password", () => {
  const ended = [lock({ revokedAt: 1 }), lock({ expiresAt: 5 }), lock({ passwordHash: "a.b" })];
  expect(ended.map((each) => openingOf(each, TOKEN, 5))).toEqual(["revoked", "expired", "password"]);
  expect(ended.map((each) => openingOf(each, "wrong", 5))).toEqual(["unknown", "unknown", "unknown"]);
});

test("a password is kept as scrypt with a salt of its own; what a browser keeps of it is worthless after a change", async () => {
  const [one, other] = await Promise.all([hashPassword("oven"), hashPassword("oven")]);
  expect(one).not.toBe(other);
  expect(one).not.toContain("oven");
  expect([await isPassword("oven", one), await isPassword("Oven", one)]).toEqual([true, false]);
  const key = keyOf(TOKEN, one);
  expect(openingOf(lock({ passwordHash: one }), key, 0)).toBe("open");
  expect(openingOf(lock({ passwordHash: other }), key, 0)).toBe("password");
  // The password went away: the token is enough, with or without the old proof.
  expect(openingOf(lock(), key, 0)).toBe("open");
});

test("the key of a page is another one for each link, commit and password", () => {
  const keys = [
    pageKeyOf(lock(), "commit-1"),
    pageKeyOf(lock(), "commit-2"),
    pageKeyOf(lock({ passwordHash: "a.b" }), "commit-1"),
    pageKeyOf(lock({ tokenHash: hashToken("other") }), "commit-1"),
  ];
  expect(new Set(keys).size).toBe(4);
  for (const key of keys) expect(key).toMatch(/^[\w-]{32}$/);
});

test("a link's cookie is found among others", () => {
  expect(keyCookie("a=b; triptych_share_link-0001=key.grant; c=d", "link-0001")).toBe("key.grant");
  expect(keyCookie("triptych_share_link-0002=key", "link-0001")).toBeNull();
  expect(keyCookie(undefined, "link-0001")).toBeNull();
});

test("wrong keys are counted for a minute, each before it is looked at; right ones are given back", () => {
  let now = 0;
  const attempts = createAttempts(2, () => now);
  expect([attempts.take("a"), attempts.take("a"), attempts.take("a")]).toEqual([true, true, false]);
  expect(attempts.take("b")).toBe(true);
  attempts.giveBack("a");
  expect(attempts.take("a")).toBe(true);
  now = 60_000;
  expect(attempts.take("a")).toBe(true);
});
