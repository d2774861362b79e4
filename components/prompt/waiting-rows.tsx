"use client";
import { type ReactNode, useRef } from "react";
import { runningTurnOf } from "#components/studio/table.ts";
import { useNeighbour } from "#components/ui/use-neighbour.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { Answerer, Turn, Variant } from "#lib/project/rows.ts";
import type { TurnWait } from "#lib/wire/events.ts";
import { type Choice, choicesOf } from "./answerers.ts";
import { Countdown } from "./countdown.tsx";

/** Turns of one prompt that wait for the same: one row. */
type Group = { key: string; wait: TurnWait; members: { turn: Turn; letter: string }[] };

/** Prompts that were taken and do not write yet: why, for how long, and what can be done instead. */
export function WaitingRows({ client, shown }: { client: RoomClient; shown: Variant[] }) {
  const waits = useRoom(client, (room) => room.waits);
  const turns = useRoom(client, (room) => room.turns);
  const lanes = useRoom(client, (room) => room.lanes);
  const groups = groupsOf(turns, waits, shown);
  const list = useRef<HTMLUListElement>(null);
  useNeighbour(list);
  if (groups.length === 0) return null;
  const choices = choicesOf(lanes);
  return (
    <ul
      ref={list}
      aria-label="Waiting"
      className="mb-2 flex max-h-36 flex-col gap-1.5 overflow-y-auto border-b border-line pb-2"
    >
      {groups.map((group) => (
        <li key={group.key} className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-2">
          <span className="flex gap-0.5">
            {group.members.map(({ letter }) => (
              <span key={letter} data-v={letter.toLowerCase()} className="badge">
                {letter}
              </span>
            ))}
          </span>
          <span className="max-w-[16rem] min-w-0 truncate text-ink">{group.members[0]?.turn.prompt}</span>
          <WaitWords wait={group.wait} lane={group.members[0]?.turn.lane ?? "fast"} />
          <span className="ml-auto flex flex-wrap justify-end gap-1">
            <Instead client={client} group={group} turns={turns} choices={choices} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function groupsOf(turns: readonly Turn[], waits: Record<string, TurnWait>, shown: Variant[]): Group[] {
  const groups = new Map<string, Group>();
  for (const turn of turns) {
    const wait = waits[turn.id];
    const letter = shown.find(({ id }) => id === turn.variantId)?.letter;
    if (!wait || !letter) continue;
    const key = `${turn.promptId} ${turn.lane} ${wait.for}`;
    const group = groups.get(key) ?? { key, wait, members: [] };
    group.members.push({ turn, letter });
    groups.set(key, group);
  }
  return [...groups.values()];
}

type InsteadProps = { client: RoomClient; group: Group; turns: readonly Turn[]; choices: Choice[] };

/** What can be done about it: a lane is changed by a person's press only, a deep turn for one variant at a time. */
function Instead({ client, group: { wait, members }, turns, choices }: InsteadProps) {
  const lane = members[0]?.turn.lane;
  const others = wait.for === "variant" ? [] : choices.filter(({ answerer }) => answerer !== lane);
  const goTo = (answerer: Answerer, chosen: Group["members"]) => {
    for (const { turn } of chosen) void client.command("switch-lane", { turnId: turn.id, lane: answerer });
  };
  const writeNow = () => {
    for (const { turn } of members) {
      const running = runningTurnOf(turns, turn.variantId);
      if (running && running.id !== turn.id) void client.command("stop", { turnId: running.id });
    }
  };
  return (
    <>
      {wait.for === "variant" && wait.ahead === 1 ? (
        <RowButton onPress={writeNow}>Now instead</RowButton>
      ) : null}
      {others.map(({ answerer, title }) =>
        answerer === "designer" ? (
          <RowButton key={answerer} onPress={() => goTo(answerer, members)}>
            {title} for {members.map(({ letter }) => letter).join(" ")}
          </RowButton>
        ) : (
          members.map((member) => (
            <RowButton key={`${answerer} ${member.letter}`} onPress={() => goTo(answerer, [member])}>
              {title} for {member.letter}
            </RowButton>
          ))
        ),
      )}
      <RowButton
        onPress={() => {
          for (const { turn } of members) void client.command("stop", { turnId: turn.id });
        }}
      >
        Take out
      </RowButton>
    </>
  );
}

function RowButton({ onPress, children }: { onPress(): void; children: ReactNode }) {
  return (
    <button type="button" className="button button-small button-line" onClick={onPress}>
      {children}
    </button>
  );
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
