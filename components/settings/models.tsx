"use client";
import { useState } from "react";
import { type LaneWish, useSettings } from "#lib/client/settings.ts";
import { CapsForm } from "./caps-form.tsx";
import { LaneCard } from "./lane-card.tsx";
import { LocalServers } from "./local-servers.tsx";

/** Who answers: two lanes, each with a model and a budget of its own. Nothing ever changes lanes by itself. */
export function Models() {
  const { data, error } = useSettings();
  // A local server that was found fills the form of the fast lane; a person saves it.
  const [proposed, setProposed] = useState<Pick<LaneWish, "baseUrl" | "wire" | "model"> | null>(null);
  if (error) return <p role="alert">The server cannot be reached. Is it running?</p>;
  if (!data) return null;
  if (!data.ok) return <p className="max-w-prose text-ink-2">{data.message}</p>;
  return (
    <div className="flex flex-col gap-5">
      {data.lanes.map((lane) => (
        <LaneCard
          // What was found fills the form anew; what was saved stands in it already.
          key={lane.lane === "fast" && proposed ? `fast ${proposed.baseUrl} ${proposed.model}` : lane.lane}
          lane={lane}
          wires={data.wires}
          proposed={lane.lane === "fast" ? proposed : null}
        />
      ))}
      <LocalServers onUse={setProposed} />
      <CapsForm key={JSON.stringify(data.caps)} caps={data.caps} sources={data.capSources} used={data.used} />
    </div>
  );
}
