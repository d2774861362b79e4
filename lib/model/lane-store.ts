/**
 * What a person set in Settings, in the data folder: `settings.json`, for this user only (0600). Keys in it are encrypted
 * (AES-256-GCM, a new IV each, the lane as associated data) with `settings.key` beside it: a copy of the one file alone, in a
 * backup or a bug report, gives no key away (safety.md §6).
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Lane } from "#lib/project/rows.ts";
import { AI_SDK_WIRE } from "./ai-sdk-package.ts";
import type { LaneSettings } from "./lanes.ts";

/** Null: no cap of one's own. */
export type ChosenCaps = Record<"turn" | "hour" | "project", number | null>;
export type Chosen = { lanes: LaneSettings; caps: ChosenCaps };

export type LaneStore = { read(): Promise<Chosen>; write(chosen: Chosen): Promise<void> };

export const nothingChosen: Chosen = {
  lanes: { fast: null, deep: null },
  caps: { turn: null, hour: null, project: null },
};

/** Wires that can always be chosen in Settings; besides them the packages of the AI SDK that are installed. */
export const CHOSEN_WIRES = ["chat", "responses", "responses-ws", "anthropic"] as const;

const OWNER_ONLY = 0o600;
const CIPHER = "aes-256-gcm";

export function createLaneStore(folder: string): LaneStore {
  const file = join(folder, "settings.json");
  const keyFile = join(folder, "settings.key");
  return {
    async read() {
      const text = await readFile(file, "utf8").catch(missing);
      if (text === null) return nothingChosen;
      const secret = await readFile(keyFile).catch(missing);
      return parse(text, secret, file);
    },
    async write({ lanes, caps }) {
      await mkdir(folder, { recursive: true });
      const secret = await secretOf(keyFile);
      const stored = {
        version: 1,
        lanes: { fast: seal("fast", lanes.fast, secret), deep: seal("deep", lanes.deep, secret) },
        caps,
      };
      await replace(file, `${JSON.stringify(stored, null, 2)}\n`);
    },
  };
}

/** Made once. */
async function secretOf(keyFile: string): Promise<Buffer> {
  const known = await readFile(keyFile).catch(missing);
  if (known?.length === 32) return known;
  const secret = randomBytes(32);
  await replace(keyFile, secret);
  return secret;
}

/** Whole or not at all, and never readable by others, not even for a moment. */
async function replace(file: string, content: string | Buffer): Promise<void> {
  const fresh = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    await writeFile(fresh, content, { mode: OWNER_ONLY, flag: "wx" });
    await chmod(fresh, OWNER_ONLY);
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

type SealedLane = { baseUrl: string; model: string; wire: string; key: string | null };

function seal(lane: Lane, setting: LaneSettings["fast"], secret: Buffer): SealedLane | null {
  if (!setting) return null;
  const { baseUrl, model, wire, apiKey } = setting;
  return { baseUrl, model, wire, key: apiKey === null ? null : encrypt(apiKey, lane, secret) };
}

function encrypt(text: string, lane: Lane, secret: Buffer): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv(CIPHER, secret, iv).setAAD(Buffer.from(lane));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return [iv, cipher.getAuthTag(), sealed].map((part) => part.toString("base64url")).join(".");
}

function decrypt(sealed: string, lane: Lane, secret: Buffer | null): string | null {
  const [iv, tag, text] = sealed.split(".").map((part) => Buffer.from(part, "base64url"));
  if (!iv || !tag || !text || !secret) return null;
  try {
    const decipher = createDecipheriv(CIPHER, secret, iv).setAAD(Buffer.from(lane)).setAuthTag(tag);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
  } catch {
    // Another key file, or bytes that were changed: as if none had been given; the lane says that it lacks one.
    return null;
  }
}

function parse(text: string, secret: Buffer | null, file: string): Chosen {
  let stored: { lanes?: Record<string, unknown>; caps?: Record<string, unknown> };
  try {
    stored = JSON.parse(text) as typeof stored;
  } catch {
    const how = "Repair it, or delete it and set the models again in Settings.";
    throw Object.assign(new Error(`${file} is no JSON. ${how}`), { code: "config" });
  }
  const lane = (name: Lane) => unseal(name, stored.lanes?.[name], secret);
  const cap = (name: keyof ChosenCaps) => {
    const value = stored.caps?.[name];
    return typeof value === "number" && value > 0 ? value : null;
  };
  return {
    lanes: { fast: lane("fast"), deep: lane("deep") },
    caps: { turn: cap("turn"), hour: cap("hour"), project: cap("project") },
  };
}

function unseal(lane: Lane, value: unknown, secret: Buffer | null): LaneSettings["fast"] {
  const { baseUrl, model, wire, key } = (value ?? {}) as Record<string, unknown>;
  if (typeof baseUrl !== "string" || typeof model !== "string" || typeof wire !== "string") return null;
  // Written by hand: what cannot be a lane is none, and the server still starts.
  const isWire = CHOSEN_WIRES.some((each) => each === wire) || AI_SDK_WIRE.test(wire);
  if (!URL.canParse(baseUrl) || !isWire) return null;
  return { baseUrl, model, wire, apiKey: typeof key === "string" ? decrypt(key, lane, secret) : null };
}

function missing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
