"use client";
import type { RefObject } from "react";
import { Popup } from "#components/ui/popup.tsx";
import { reaches, type VariedPart, type Vary, variedParts, varyFreely } from "#lib/project/vary.ts";
import { REACH_TITLES } from "./vary-words.ts";

type VaryMenuProps = {
  vary: Vary | null;
  onVary(vary: Vary | null): void;
  /** Files that can be locked: the sections of the pages that are asked. */
  files: string[];
  opener: RefObject<HTMLButtonElement | null>;
  onClose(): void;
};

/** What the next prompts may change, how far they may go, and which files keep their bytes. */
export default function VaryMenu({ vary, onVary, files, opener, onClose }: VaryMenuProps) {
  const now = vary ?? varyFreely;
  const toggle = <Item extends string>(list: Item[], item: Item) =>
    list.includes(item) ? list.filter((each) => each !== item) : [...list, item];
  return (
    <Popup label="What may change" opener={opener} onClose={onClose}>
      <fieldset>
        <legend className="text-xs text-ink-3">May change</legend>
        <div className="mt-1.5 flex flex-wrap gap-1">
          {variedParts.map((part: VariedPart) => (
            <button
              key={part}
              type="button"
              className="button button-small"
              aria-pressed={now.parts.includes(part)}
              onClick={() => onVary({ ...now, parts: toggle(now.parts, part) })}
            >
              {part[0]?.toUpperCase()}
              {part.slice(1)}
            </button>
          ))}
        </div>
      </fieldset>
      <fieldset className="mt-3">
        <legend className="text-xs text-ink-3">How far</legend>
        <div className="mt-1.5 flex flex-col gap-1.5">
          {reaches.map((reach) => (
            <label key={reach} className="flex cursor-pointer items-baseline gap-2">
              <input
                type="radio"
                name="reach"
                className="translate-y-px accent-(--ink)"
                checked={now.reach === reach}
                onChange={() => onVary({ ...now, reach })}
              />
              <span>
                <span className="font-medium">{REACH_TITLES[reach][0]}</span>{" "}
                <span className="text-ink-2">{REACH_TITLES[reach][1]}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {files.length > 0 ? (
        <fieldset className="mt-3">
          <legend className="text-xs text-ink-3">Locked: these files keep every byte</legend>
          <div className="mt-1.5 flex max-h-28 flex-wrap gap-1 overflow-y-auto">
            {files.map((path) => (
              <button
                key={path}
                type="button"
                className="button button-small"
                title={path}
                aria-pressed={now.locked.includes(path)}
                onClick={() => onVary({ ...now, locked: toggle(now.locked, path) })}
              >
                {nameOf(path)}
              </button>
            ))}
          </div>
        </fieldset>
      ) : null}
      <button
        type="button"
        className="button button-line mt-4 h-7 text-xs"
        disabled={vary === null}
        onClick={() => onVary(null)}
      >
        Everything may change
      </button>
    </Popup>
  );
}

function nameOf(path: string): string {
  return (
    path
      .split("/")
      .at(-1)
      ?.replace(/\.\w+$/, "") ?? path
  );
}
