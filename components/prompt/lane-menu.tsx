"use client";
import type { RefObject } from "react";
import { Popup } from "#components/ui/popup.tsx";
import type { Answerer, Variant } from "#lib/project/rows.ts";
import type { Choice } from "./answerers.ts";
import { Countdown } from "./countdown.tsx";

export type Race = Record<string, Answerer>;

type LaneMenuProps = {
  choices: Choice[];
  lane: Answerer;
  onLane(lane: Answerer): void;
  shown: Variant[];
  race: Race;
  onRace(race: Race): void;
  opener: RefObject<HTMLButtonElement | null>;
  onClose(): void;
};

/** Who answers: one for all, or another for a variant. Nothing ever changes lanes by itself. */
export default function LaneMenu({
  choices,
  lane,
  onLane,
  shown,
  race,
  onRace,
  opener,
  onClose,
}: LaneMenuProps) {
  return (
    <Popup label="Who answers" opener={opener} onClose={onClose}>
      <fieldset>
        <legend className="text-xs text-ink-3">Who answers</legend>
        <div className="mt-2 flex flex-col gap-2">
          {choices.map((choice) => (
            <label key={choice.answerer} className="flex cursor-pointer items-baseline gap-2">
              <input
                type="radio"
                name="lane"
                className="translate-y-px accent-(--ink)"
                checked={lane === choice.answerer}
                onChange={() => onLane(choice.answerer)}
              />
              <span className="min-w-0">
                <span className="font-medium">{choice.title}</span>{" "}
                <span className="text-ink-2">{choice.model}</span>
                {choice.pausedUntil ? (
                  <span className="block text-xs text-warn">
                    Used up for now; goes on in <Countdown until={choice.pausedUntil} />
                  </span>
                ) : null}
                {choice.note ? <span className="block text-xs text-warn">{choice.note}</span> : null}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {shown.length > 1 ? (
        <fieldset className="mt-4 border-t border-line pt-3">
          <legend className="sr-only">A race</legend>
          <p className="text-xs text-ink-3">A race: another one for a variant</p>
          <div className="mt-2 flex flex-wrap gap-3">
            {shown.map((variant) => (
              <label
                key={variant.id}
                data-v={variant.letter.toLowerCase()}
                className="flex items-center gap-1.5"
              >
                <span className="badge">{variant.letter}</span>
                <select
                  aria-label={`Who answers in ${variant.letter}`}
                  className="button-line h-7 cursor-pointer rounded-xs bg-sheet px-1.5 text-xs"
                  value={race[variant.id] ?? ""}
                  onChange={(event) => onRace(withChoice(race, variant.id, event.target.value))}
                >
                  <option value="">as chosen</option>
                  {choices.map((choice) => (
                    <option key={choice.answerer} value={choice.answerer}>
                      {choice.title}
                    </option>
                  ))}
                </select>
              </label>
            ))}
          </div>
        </fieldset>
      ) : null}
    </Popup>
  );
}

function withChoice(race: Race, variantId: string, value: string): Race {
  const { [variantId]: _before, ...others } = race;
  return value === "" ? others : { ...others, [variantId]: value as Answerer };
}
