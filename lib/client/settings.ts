"use client";
/** Settings of the server, for the person at its own machine; for others the server refuses, and says so. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { LaneLimit, LaneView, SettingSource, Used } from "#lib/project/lane-view.ts";
import type { Lane } from "#lib/project/rows.ts";
import { type Refusal, write } from "./api.ts";

export type Caps = Record<"turn" | "hour" | "project", number | null>;
export type Leaving = { what: string; to: string | null; when: string };

export type ServerSettings = {
  ok: true;
  lanes: LaneView[];
  wires: string[];
  caps: Caps;
  capSources: Record<keyof Caps, SettingSource>;
  used: Used;
  leaves: Leaving[];
  dataFolder: string;
};

export type LaneWish = {
  lane: Lane;
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
      limits: LaneLimit[];
    }
  | Refusal;

/** Meters move with every answer. */
const METERS_MS = 3_000;

export function useSettings() {
  const project = projectHere();
  return useQuery({
    queryKey: ["settings", project],
    refetchInterval: METERS_MS,
    queryFn: async () => {
      const answer = await fetch(`/api/settings${project === null ? "" : `?project=${project}`}`);
      return (await answer.json()) as ServerSettings | Refusal;
    },
  });
}

/** The project whose studio this page is; null on the start page. */
function projectHere(): string | null {
  return /^\/p\/([\w-]+)/.exec(location.pathname)?.[1] ?? null;
}

export function useSaveLane() {
  return useChange((wish: LaneWish) => write("PUT", "/api/settings/lane", wish));
}

export function useForgetLane() {
  return useChange((lane: Lane) => write("DELETE", "/api/settings/lane", { lane }));
}

export function useSaveCaps() {
  return useChange((caps: Caps) => write("PUT", "/api/settings/caps", caps));
}

/** One short prompt; its limits show in the meters. */
export function useTestLane() {
  return useChange(async (lane: Lane) => (await write("POST", "/api/models/test", { lane })) as Measured);
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
