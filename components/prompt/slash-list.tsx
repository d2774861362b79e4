"use client";
import type { SlashChoice } from "./slash.ts";

export const SLASH_LIST_ID = "prompt-commands";

export function slashOptionId(index: number): string {
  return `${SLASH_LIST_ID}-${index}`;
}

type SlashListProps = { choices: SlashChoice[]; at: number; onChoose(choice: SlashChoice): void };

/** Commands that fit what was typed after "/"; the focus stays in the box. */
export function SlashList({ choices, at, onChoose }: SlashListProps) {
  return (
    <div
      id={SLASH_LIST_ID}
      role="listbox"
      aria-label="Commands"
      className="absolute inset-x-2 bottom-full mb-1.5 max-h-56 max-w-md overflow-y-auto rounded-md bg-sheet p-1 shadow-float"
    >
      {choices.map((choice, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the box's, which keeps the focus
        <div
          key={choice.name}
          id={slashOptionId(index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          aria-disabled={!choice.isPossible}
          ref={index === at ? (row) => row?.scrollIntoView({ block: "nearest" }) : undefined}
          className={`flex h-8 cursor-pointer items-center gap-3 rounded-r-sm px-2 text-sm ${index === at ? "bg-raised shadow-[inset_2px_0_0_var(--ink)]" : ""} ${choice.isPossible ? "" : "text-ink-3"}`}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(choice)}
        >
          <span className="flex-none font-mono text-xs">/{choice.name}</span>
          <span className="min-w-0 flex-1 truncate text-right text-xs text-ink-3">
            {choice.isPossible ? choice.command.title : (choice.command.need ?? "Not possible just now")}
          </span>
        </div>
      ))}
    </div>
  );
}
