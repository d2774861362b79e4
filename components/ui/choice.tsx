"use client";
import { type KeyboardEvent, useRef } from "react";

type ChoiceProps<Value> = {
  label: string;
  value: Value;
  options: readonly { value: Value; title: string; hint?: string; disabled?: boolean }[];
  onChoose(value: Value): void;
  className?: string;
};

/** One of a few, side by side: a radio group with one Tab stop, arrow keys choose. */
export function Choice<Value extends string | number>({
  label,
  value,
  options,
  onChoose,
  className = "",
}: ChoiceProps<Value>) {
  const group = useRef<HTMLDivElement>(null);
  const chosen = options.findIndex((option) => option.value === value);
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next = by ? nextEnabled(options, chosen, by) : -1;
    const option = options[next];
    if (!option) return;
    event.preventDefault();
    onChoose(option.value);
    group.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div
      ref={group}
      role="radiogroup"
      aria-label={label}
      className={`flex rounded-sm bg-raised p-0.5 ${className}`}
      onKeyDown={onKey}
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a pressed button is what the other switches here look like
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={index === chosen}
          // None is chosen when the value is between the known ones: then the first one can be reached.
          tabIndex={index === Math.max(0, chosen) ? 0 : -1}
          title={option.hint}
          disabled={option.disabled}
          className="button button-small tnum"
          onClick={() => onChoose(option.value)}
        >
          {option.title}
        </button>
      ))}
    </div>
  );
}

function nextEnabled(options: readonly { disabled?: boolean }[], from: number, by: number): number {
  const count = options.length;
  for (let step = 1; step <= count; step += 1) {
    const index = (from + by * step + count * step) % count;
    if (!options[index]?.disabled) return index;
  }
  return -1;
}
