"use client";
import { useEffect, useState } from "react";
import { runningTurnOf } from "#components/studio/table.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { Answerer, Turn, Variant } from "#lib/project/rows.ts";
import type { TurnWait } from "#lib/wire/events.ts";
import { type Choice, choicesOf } from "./answerers.ts";

type Waiting = { turn: Turn; letter: string; wait: TurnWait };

/** Prompts that were taken and do not write yet: why, for how long, and what can be done instead. */
export function WaitingRows({ client, shown }: { client: RoomClient; shown: Variant[] }) {
  const waits = useRoom(client, (room) => room.waits);
  const turns = useRoom(client, (room) => room.turns);
  const lanes = useRoom(client, (room) => room.lanes);
  const waiting = turns.flatMap((turn): Waiting[] => {
    const wait = waits[turn.id];
    const letter = shown.find(({ id }) => id === turn.variantId)?.letter;
    return wait && letter ? [{ turn, letter, wait }] : [];
  });
  if (waiting.length === 0) return null;
  const instead = (turn: Turn) => {
    const running = runningTurnOf(turns, turn.variantId);
    if (running && running.id !== turn.id) void client.command("stop", { turnId: running.id });
  };
  return (
    <ul
      aria-label="Waiting"
      className="mb-2 flex max-h-32 flex-col gap-1 overflow-y-auto border-b border-line pb-2"
    >
      {waiting.map(({ turn, letter, wait }) => (
        <li
          key={turn.id}
          data-v={letter.toLowerCase()}
          className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-2"
        >
          <span className="badge" aria-hidden="true">
            {letter}
          </span>
          <span className="sr-only">Variant {letter}:</span>
          <span className="max-w-[16rem] min-w-0 truncate text-ink">{turn.prompt}</span>
          <WaitWords wait={wait} lane={turn.lane} />
          <span className="ml-auto flex gap-1">
            {wait.for === "variant" && wait.ahead === 1 ? (
              <RowButton onPress={() => instead(turn)}>Now instead</RowButton>
            ) : null}
            {wait.for === "variant"
              ? null
              : othersOf(choicesOf(lanes), turn.lane).map(({ answerer, title }) => (
                  <RowButton
                    key={answerer}
                    onPress={() => void client.command("switch-lane", { turnId: turn.id, lane: answerer })}
                  >
                    {title} for {letter}
                  </RowButton>
                ))}
            <RowButton onPress={() => void client.command("stop", { turnId: turn.id })}>Take out</RowButton>
          </span>
        </li>
      ))}
    </ul>
  );
}

function RowButton({ onPress, children }: { onPress(): void; children: React.ReactNode }) {
  return (
    <button type="button" className="button button-small button-line" onClick={onPress}>
      {children}
    </button>
  );
}

function othersOf(choices: Choice[], lane: Answerer): Choice[] {
  return choices.filter(({ answerer }) => answerer !== lane);
}

const LANE_NAMES: Record<Answerer, string> = { fast: "Fast", deep: "Deep", designer: "The designer" };

function WaitWords({ wait, lane }: { wait: TurnWait; lane: Answerer }) {
  switch (wait.for) {
    case "variant":
      return <span>{wait.ahead === 1 ? "waits behind this one" : `${wait.ahead} before it`}</span>;
    case "lane":
      return <span>{`${LANE_NAMES[lane]} is busy${wait.ahead > 0 ? `, ${wait.ahead} before it` : ""}`}</span>;
    case "limit":
      return (
        <span className="text-warn">
          {LANE_NAMES[lane]} is used up for now; goes on in <Countdown until={wait.until} />
        </span>
      );
    default:
      return wait satisfies never;
  }
}

/** Ticks once a second; it is not read out. */
function Countdown({ until }: { until: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <span className="tnum">{Math.max(1, Math.ceil((until - now) / 1_000))} s</span>;
}
