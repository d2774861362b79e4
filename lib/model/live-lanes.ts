/**
 * The lanes as they are now: from the environment, which wins; else as a person set them in Settings; else the built-in designer.
 * A change holds for the next answer, without a restart. Keys go in and never come out.
 */
import type { LaneView, SettingSource } from "#lib/project/lane-view.ts";
import type { Lane } from "#lib/project/rows.ts";
import { AI_SDK_WIRE } from "./ai-sdk-package.ts";
import { CHOSEN_WIRES, type Chosen, type ChosenCaps, createLaneStore, type LaneStore } from "./lane-store.ts";
import { createLaneSwitch, type LaneSwitch } from "./lane-switch.ts";
import { createDriver, type LaneSetting, type LaneSettings } from "./lanes.ts";
import type { Driver, Lanes } from "./types.ts";

/** `apiKey`: undefined leaves it as it is, null takes it away. */
export type LaneChange = { baseUrl: string; wire: string; model: string; apiKey?: string | null };
export type Changed = { ok: true } | { ok: false; code: string; message: string };

export type LiveLanes = {
  /** Read their parts when they are needed: they change. */
  lanes: Lanes;
  /** Own caps; the same object for as long as the server runs. */
  caps: ChosenCaps;
  capSources: Record<keyof ChosenCaps, SettingSource>;
  views(): LaneView[];
  /** Those that can be chosen now. */
  wires(): Promise<readonly string[]>;
  /** Null: the lane has no model of its own any more. */
  change(lane: Lane, change: LaneChange | null): Promise<Changed>;
  changeCaps(caps: ChosenCaps): Promise<Changed>;
  /** Told when a lane has another model; returns the way to stop that. */
  subscribe(listener: (lane: Lane) => void): () => void;
};

/** Packages of the AI SDK that are installed, by name. */
type Providers = () => Promise<readonly string[]>;

type OpenOptions = Omit<LiveLanesOptions, "store" | "chosen"> & { folder: string };

/** With what was set in Settings before; the data folder keeps it. */
export async function openLiveLanes({ folder, ...options }: OpenOptions): Promise<LiveLanes> {
  const store = createLaneStore(folder);
  return createLiveLanes({ ...options, store, chosen: await store.read() });
}

type LiveLanesOptions = {
  environment: LaneSettings;
  environmentCaps: ChosenCaps;
  chosen: Chosen;
  store: LaneStore;
  designer: Driver;
  /** Default: none. */
  providers?: Providers;
};

const SHORTEST_SHOWN_KEY = 12;
const limits = { urlChars: 500, modelChars: 200, keyChars: 500, leastCap: 1_000 } as const;

function createLiveLanes(options: LiveLanesOptions): LiveLanes {
  const { environment, environmentCaps, store, designer, providers = async () => [] } = options;
  let chosen = options.chosen;
  const listeners = new Set<(lane: Lane) => void>();
  const settingOf = (lane: Lane): LaneSetting | null => environment[lane] ?? chosen.lanes[lane];
  const driverOf = (lane: Lane): Driver => {
    const setting = settingOf(lane);
    return setting ? createDriver(lane, setting) : designer;
  };
  const switches: Record<Lane, LaneSwitch> = {
    fast: createLaneSwitch(driverOf("fast")),
    deep: createLaneSwitch(driverOf("deep")),
  };
  const capsNow = (): ChosenCaps => ({
    turn: environmentCaps.turn ?? chosen.caps.turn,
    hour: environmentCaps.hour ?? chosen.caps.hour,
    project: environmentCaps.project ?? chosen.caps.project,
  });
  const caps = capsNow();

  const wires = async () => [...CHOSEN_WIRES, ...(await providers()).map((name) => `ai-sdk:${name}`)];

  async function keep(next: Chosen): Promise<Changed> {
    try {
      await store.write(next);
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? "unknown error";
      return refuse("not-stored", `The data folder could not be written (${reason}); nothing was changed.`);
    }
    chosen = next;
    return { ok: true };
  }

  return {
    lanes: {
      get fast() {
        return switches.fast.driver;
      },
      get deep() {
        return settingOf("deep") ? switches.deep.driver : switches.fast.driver;
      },
    },
    caps,
    wires,
    get capSources() {
      const source = (cap: keyof ChosenCaps) =>
        environmentCaps[cap] !== null ? "environment" : chosen.caps[cap] !== null ? "settings" : "none";
      return { turn: source("turn"), hour: source("hour"), project: source("project") } as const;
    },
    views: () =>
      (["fast", "deep"] as const).map((lane) =>
        viewOf(lane, settingOf(lane), environment[lane] !== null, switches[lane]),
      ),
    async change(lane, change) {
      if (environment[lane]) return setByEnvironment(`TRIPTYCH_${lane.toUpperCase()}_…`);
      const read = change === null ? null : readChange(change, chosen.lanes[lane], await wires());
      if (read && !read.ok) return read;
      const stored = await keep({
        ...chosen,
        lanes: { ...chosen.lanes, [lane]: read ? read.setting : null },
      });
      if (!stored.ok) return stored;
      switches[lane].set(driverOf(lane));
      for (const listener of listeners) listener(lane);
      return stored;
    },
    async changeCaps(wanted) {
      const names = ["turn", "hour", "project"] as const;
      const bad = names.find((cap) => wanted[cap] !== null && !isCap(wanted[cap]));
      if (bad)
        return refuse(
          "bad-cap",
          `The cap for ${bad === "turn" ? "one turn" : `one ${bad}`} is "${String(wanted[bad]).slice(0, 40)}", but a cap is a whole number of tokens of at least ${limits.leastCap.toLocaleString("en")}, or empty.`,
        );
      const taken = names.find(
        (cap) => environmentCaps[cap] !== null && wanted[cap] !== environmentCaps[cap],
      );
      if (taken) return setByEnvironment(`TRIPTYCH_CAP_${taken.toUpperCase()}_TOKENS`);
      const own = Object.fromEntries(
        names.map((cap) => [cap, environmentCaps[cap] === null ? wanted[cap] : null]),
      ) as ChosenCaps;
      const stored = await keep({ ...chosen, caps: own });
      if (stored.ok) Object.assign(caps, capsNow());
      return stored;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function viewOf(lane: Lane, setting: LaneSetting | null, isFixed: boolean, of: LaneSwitch): LaneView {
  const source = isFixed ? "environment" : setting ? "settings" : "none";
  const { name, builtIn } = of.driver;
  if (!setting)
    return { lane, source, name, builtIn, baseUrl: null, wire: null, model: null, keyEnd: null, limits: [] };
  const { origin, pathname } = new URL(setting.baseUrl);
  const key = setting.apiKey;
  return {
    ...{ lane, source, name, builtIn, wire: setting.wire, model: setting.model },
    baseUrl: `${origin}${pathname.replace(/\/+$/, "")}`,
    keyEnd: key === null ? null : key.length >= SHORTEST_SHOWN_KEY ? key.slice(-4) : "",
    limits: of.limits(),
  };
}

type Read = { ok: true; setting: LaneSetting } | { ok: false; code: string; message: string };

/** Another host does not get the key that was given for this one. */
function readChange(change: LaneChange, before: LaneSetting | null, wires: readonly string[]): Read {
  const baseUrl = change.baseUrl.trim();
  const model = change.model.trim();
  const problem = wireProblemOf(change.wire, wires) ?? problemOf({ ...change, baseUrl, model });
  if (problem) return refuse("bad-lane", problem);
  const isSameHost = before !== null && new URL(before.baseUrl).origin === new URL(baseUrl).origin;
  const kept = isSameHost ? before.apiKey : null;
  const apiKey = change.apiKey === undefined ? kept : change.apiKey?.trim() || null;
  return { ok: true, setting: { baseUrl, model, wire: change.wire, apiKey } };
}

const seen = (text: string) => `"${text.slice(0, 80)}"`;

/** A package is loaded only when it is installed beside Triptych, whoever asks. */
function wireProblemOf(wire: string, wires: readonly string[]): string | null {
  if (wires.includes(wire)) return null;
  const name = AI_SDK_WIRE.exec(wire)?.[1];
  if (name)
    return `The package ${seen(name)} is not installed beside Triptych: run "npm install ${name}" in its folder.`;
  return `The wire is ${seen(wire)}, but it is one of: ${wires.join(", ")}.`;
}

/** The key is never repeated. */
function problemOf({ baseUrl, model, apiKey }: LaneChange): string | null {
  if (
    baseUrl.length > limits.urlChars ||
    !URL.canParse(baseUrl) ||
    !/^https?:$/.test(new URL(baseUrl).protocol)
  )
    return `The base URL is ${seen(withoutPassword(baseUrl))}, but it must be an http or https address, such as "https://api.example.com/v1".`;
  const { username, password, search, hash } = new URL(baseUrl);
  if (username || password || search || hash)
    return "The base URL holds a name, a password, a query or a fragment. Give the address alone, and the key in its own field.";
  if (model === "" || model.length > limits.modelChars)
    return `The model's name has ${model.length} characters; it needs 1 to ${limits.modelChars}. Write it as the server lists it.`;
  if (apiKey && (apiKey.length > limits.keyChars || !/^[\x21-\x7e]+$/.test(apiKey.trim())))
    return `That is no key: keys have up to ${limits.keyChars} letters, digits and signs, with no space between. Copy it again.`;
  return null;
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/@]*@/, "//…@").replace(/[?#].*$/, "");
}

function isCap(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= limits.leastCap && (value as number) <= 1e12;
}

function setByEnvironment(name: string) {
  const message = `That is set by the environment of the server (${name}), which wins. Change it there, and start the server again.`;
  return refuse("set-by-environment", message);
}

function refuse(code: string, message: string) {
  return { ok: false as const, code, message };
}
