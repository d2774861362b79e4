/**
 * What opens a link. Its token is in the address; stored are only the token's SHA-256 and, when it has a password, that one's
 * scrypt. A browser that has shown both keeps `token.grant` as its cookie: the grant cannot be made without the stored scrypt,
 * and a new password makes all of them worthless.
 */
import {
  createHash,
  createHmac,
  randomBytes,
  type ScryptOptions,
  scrypt,
  timingSafeEqual,
} from "node:crypto";

/** What a share's row says about who may open it. */
export type Lock = {
  tokenHash: string;
  passwordHash: string | null;
  expiresAt: number | null;
  revokedAt: number | null;
};

/** "unknown" for a wrong token too: only its holder learns that a link was there. */
export type Opening = "open" | "unknown" | "password" | "revoked" | "expired";

/** 32 MB and about 60 ms: OWASP's scrypt settings for N = 2^15. */
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;

export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** `key` is what a browser or program shows: a token, or a token and its grant. */
export function openingOf(lock: Lock, key: string | null, now: number): Opening {
  const [token = "", grant = ""] = (key ?? "").split(".", 2);
  if (token === "" || !isSame(hashToken(token), lock.tokenHash)) return "unknown";
  if (lock.revokedAt !== null) return "revoked";
  if (lock.expiresAt !== null && lock.expiresAt <= now) return "expired";
  if (lock.passwordHash !== null && !isSame(grantOf(token, lock.passwordHash), grant)) return "password";
  return "open";
}

/** What goes into the cookie of a browser that has shown the token and, if there is one, the password. */
export function keyOf(token: string, passwordHash: string | null): string {
  return passwordHash === null ? token : `${token}.${grantOf(token, passwordHash)}`;
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString("base64url")}.${(await derive(password, salt)).toString("base64url")}`;
}

export async function isPassword(password: string, passwordHash: string): Promise<boolean> {
  const [salt = "", hash = ""] = passwordHash.split(".", 2);
  return isSame((await derive(password, Buffer.from(salt, "base64url"))).toString("base64url"), hash);
}

/**
 * The part of an address that lets a preview server, which never reads cookies, show one commit of a link: worthless when the
 * link is switched off, since the row is read with each request, and when its password changes.
 */
export function pageKeyOf({ tokenHash, passwordHash }: Lock, commitId: string): string {
  const mac = createHmac("sha256", tokenHash).update(`page ${commitId} ${passwordHash ?? ""}`);
  return mac.digest("base64url").slice(0, 32);
}

/** The same for a list of projects: whoever has the owner's cookie sees them anyway. */
export function ownPageKeyOf(ownerId: string, commitId: string): string {
  return createHmac("sha256", ownerId).update(`own page ${commitId}`).digest("base64url").slice(0, 32);
}

/** A cookie of its own for each link. */
export function keyCookieName(shareId: string): string {
  return `triptych_share_${shareId}`;
}

/** What a browser kept of a link; null when the request's `cookie` header has nothing of it. */
export function keyCookie(header: string | undefined, shareId: string): string | null {
  const name = keyCookieName(shareId);
  for (const part of (header ?? "").split(";")) {
    const [key, value] = part.trim().split("=", 2);
    if (key === name && value) return value;
  }
  return null;
}

/** In constant time. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function grantOf(token: string, passwordHash: string): string {
  return createHmac("sha256", passwordHash).update(token).digest("base64url");
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same word typed on another keyboard is the same password.
    scrypt(password.normalize("NFKC"), salt, HASH_BYTES, COST, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
