"use client";
/** Settings of the server, for the person at its own machine; for others the server refuses, and says so. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Refusal, write } from "./api.ts";

type LaneName = "fast" | "deep";
type Source = "environment" | "settings" | "none";

/** One limit as its provider told it; null: it did not say. */
export type Meter = {
  family: string;
  unit: "requests" | "tokens";
  windowMs: number | null;
  limit: number | null;
  remaining: number | null;
  usedPercent: number | null;
  resetAt: number | null;
  source: string;
};

export type LaneSettings = {
  lane: LaneName;
  source: Source;
  name: string;
  builtIn: boolean;
  baseUrl: string | null;
  wire: string | null;
  model: string | null;
  keyEnd: string | null;
  limits: Meter[];
};

export type Caps = Record<"turn" | "hour" | "project", number | null>;
export type Leaving = { what: string; to: string | null; when: string };

export type ServerSettings = {
  ok: true;
  lanes: LaneSettings[];
  wires: string[];
  caps: Caps;
  capSources: Record<keyof Caps, Source>;
  leaves: Leaving[];
  dataFolder: string;
};

export type LaneWish = {
  lane: LaneName;
  baseUrl: string;
  wire: string;
  model: string;
  apiKey?: string | null;
};

export type LocalServer = {
  kind: string;
  name: string;
  baseUrl: string;
  models: string[];
  slots: number | null;
  note: string | null;
};

export type Measured =
  | {
      ok: true;
      wire: string;
      firstTextMs: number;
      tokens: number;
      tokensPerSecond: number | null;
      limits: Meter[];
    }
  | Refusal;

/** Meters move with every answer. */
const METERS_MS = 3_000;

export function useSettings() {
  return useQuery({
    queryKey: ["settings"],
    refetchInterval: METERS_MS,
    queryFn: async () => (await (await fetch("/api/settings")).json()) as ServerSettings | Refusal,
  });
}

export function useSaveLane() {
  return useChange((wish: LaneWish) => write("PUT", "/api/settings/lane", wish));
}

export function useForgetLane() {
  return useChange((lane: LaneName) => write("DELETE", "/api/settings/lane", { lane }));
}

export function useSaveCaps() {
  return useChange((caps: Caps) => write("PUT", "/api/settings/caps", caps));
}

/** One short prompt; its limits show in the meters. */
export function useTestLane() {
  return useChange(async (lane: LaneName) => (await write("POST", "/api/models/test", { lane })) as Measured);
}

export function useLocalServers() {
  return useMutation({
    mutationFn: () => write<{ servers: LocalServer[] }>("POST", "/api/models/local", {}),
  });
}

/** Who answers may be another one now. */
function useChange<Wish, Answer>(change: (wish: Wish) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ["settings"] });
      await client.invalidateQueries({ queryKey: ["health"] });
    },
  });
}
