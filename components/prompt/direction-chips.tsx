"use client";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { Direction } from "#lib/project/direction.ts";
import type { PromptId, TurnId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";
import type { Plan, PlannedVariant } from "#lib/wire/events.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";

const DirectionEditor = dynamic(() => import("./direction-editor.tsx"), { ssr: false });

const ACTIONS: Record<Plan["state"], string> = {
  planning: "Use it",
  held: "Use it",
  building: "Use it now",
  built: "Build it",
};

/** What the variants are going to be: one chip each, to be edited before they are built or while they are. */
export function DirectionChips({ client, shown }: { client: RoomClient; shown: Variant[] }) {
  const plan = useRoom(client, (room) => room.plan);
  const sameness = useRoom(client, (room) => room.sameness);
  const [problem, setProblem] = useState<string | null>(null);
  const planned = plan?.variants.filter(({ variantId }) => shown.some(({ id }) => id === variantId)) ?? [];
  if (!plan || planned.length === 0) return null;
  const isOpen = plan.state === "planning" || plan.state === "held";
  async function tell(answer: ReturnType<RoomClient["command"]>): Promise<void> {
    const told = await answer;
    setProblem(told.ok ? null : sentenceOf(told.code, told.detail));
  }
  return (
    <div className="mb-2 border-b border-line pb-2">
      <div className="flex flex-wrap items-center gap-1.5" role="toolbar" aria-label="Directions">
        {planned.map((each) => (
          <Chip
            key={each.variantId}
            planned={each}
            action={ACTIONS[plan.state]}
            onUse={(direction) =>
              void tell(
                client.command("direct", {
                  promptId: plan.promptId,
                  variantId: each.variantId,
                  turnId: newId<TurnId>(),
                  direction,
                }),
              )
            }
          />
        ))}
        {plan.state === "built" ? <OtherDirections client={client} plan={plan} tell={tell} /> : null}
        {isOpen ? (
          <button
            type="button"
            className="button button-solid ml-auto h-7 text-xs"
            onClick={() => void tell(client.command("build", { promptId: plan.promptId }))}
          >
            {plan.state === "held" ? "Build" : "Build now"}
          </button>
        ) : null}
      </div>
      <p className="tnum mt-1 text-xs text-ink-3 empty:hidden">{wordsOf(plan, sameness)}</p>
      {problem ? (
        <p role="alert" className="mt-1 text-xs text-bad">
          {problem}
        </p>
      ) : null}
    </div>
  );
}

type OtherProps = {
  client: RoomClient;
  plan: Plan;
  tell(answer: ReturnType<RoomClient["command"]>): unknown;
};

/** Directions that were not there yet, for the same prompt; shown first, because building them replaces the pages. */
function OtherDirections({ client, plan, tell }: OtherProps) {
  const hasDeep = useRoom(client, (room) => room.lanes.some(({ lane }) => lane === "deep"));
  const begin = () =>
    tell(
      client.command("plan", {
        promptId: newId<PromptId>(),
        turnIds: Object.fromEntries(plan.variants.map(({ variantId }) => [variantId, newId<TurnId>()])),
        ...{ lane: "fast", text: plan.text, by: hasDeep ? "deep" : "designer", hold: true },
      }),
    );
  return (
    <button type="button" className="button button-line ml-auto h-7 text-xs" onClick={() => void begin()}>
      Other directions
    </button>
  );
}

type ChipProps = { planned: PlannedVariant; action: string; onUse(direction: Direction): void };

function Chip({ planned: { letter, direction }, action, onUse }: ChipProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        data-v={letter.toLowerCase()}
        className="button button-line h-7 min-w-0 justify-start gap-1.5 pr-2 pl-1 text-xs max-sm:flex-1 max-sm:basis-0 sm:max-w-[15rem]"
        aria-expanded={open}
        title={direction?.idea}
        disabled={direction === null}
        onClick={() => setOpen(!open)}
      >
        <span className="badge" aria-hidden="true">
          {letter}
        </span>
        <span className="sr-only">Direction of {letter}: </span>
        <span className="truncate">
          {direction ? direction.name : "planning"}
          {direction?.idea ? (
            <span className="font-normal text-ink-3 max-sm:hidden"> {direction.idea}</span>
          ) : null}
        </span>
      </button>
      {open && direction ? (
        <DirectionEditor
          letter={letter}
          direction={direction}
          action={action}
          onUse={onUse}
          opener={button}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}

function wordsOf(
  { state, by, tokens, message }: Plan,
  sameness: { pairs: { letters: string; score: number }[]; note: string | null } | null,
): string {
  const cost = tokens > 0 ? `, ${tokens.toLocaleString("en")} tokens` : "";
  const parts = [
    state === "planning" ? `${by} is planning.` : state === "held" ? `Planned by ${by}${cost}.` : "",
    message ?? "",
    state === "built" && sameness ? alikeWords(sameness) : "",
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function alikeWords({
  pairs,
  note,
}: {
  pairs: { letters: string; score: number }[];
  note: string | null;
}): string {
  const figures = pairs.map(
    ({ letters, score }) => `${letters[0]}–${letters[1]} ${Math.round(score * 100)} %`,
  );
  return `How alike: ${figures.join(", ")}. ${note ?? ""}`.trim();
}
