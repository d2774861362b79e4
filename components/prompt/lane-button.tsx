"use client";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { Answerer, Variant } from "#lib/project/rows.ts";
import { choicesOf, shortName } from "./answerers.ts";
import type { Race } from "./lane-menu.tsx";

const LaneMenu = dynamic(() => import("./lane-menu.tsx"), { ssr: false });

type LaneButtonProps = {
  client: RoomClient;
  shown: Variant[];
  lane: Answerer;
  onLane(lane: Answerer): void;
  race: Race;
  onRace(race: Race): void;
};

/** Who answers the next prompt; opens the choice where there is one. */
export function LaneButton({ client, ...menu }: LaneButtonProps) {
  const lanes = useRoom(client, (room) => room.lanes);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const choices = choicesOf(lanes);
  const name = shortName(choices, menu.lane);
  if (choices.length < 2)
    return <span className="ml-2 hidden truncate text-xs text-ink-3 sm:inline">{name}</span>;
  const racing = menu.shown.filter(({ id }) => menu.race[id] !== undefined);
  const isOdd = choices.some(({ answerer, note }) => answerer === menu.lane && note !== null);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button button-small max-sm:gap-0.5 max-sm:px-1.5 sm:ml-1"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className="sr-only">Who answers: </span>
        {name}
        {racing.map(({ id, letter }) => ` · ${letter} ${shortName(choices, menu.race[id] as Answerer)}`)}
        {isOdd ? (
          <span className="text-warn" aria-hidden="true">
            !
          </span>
        ) : null}
        <span aria-hidden="true">▾</span>
      </button>
      {open ? <LaneMenu {...menu} choices={choices} opener={button} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** Only for variants that are on the table. */
export function raceOf(race: Race, shown: Variant[]): Race {
  return Object.fromEntries(
    Object.entries(race).filter(([id]) => shown.some((variant) => variant.id === id)),
  );
}
