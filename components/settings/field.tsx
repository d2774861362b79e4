"use client";
import type { InputHTMLAttributes, ReactNode } from "react";

const LOOK =
  "h-8 w-full min-w-0 rounded-sm bg-raised px-2 text-sm text-ink ring-1 ring-line ring-inset placeholder:text-ink-3 disabled:text-ink-2";

/** A label over what belongs to it. */
export function Labelled({ title, children }: { title: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label className="flex min-w-0 flex-col gap-1">
      <span className="text-xs text-ink-3">{title}</span>
      {children}
    </label>
  );
}

export function Field({ title, ...input }: { title: string } & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Labelled title={title}>
      <input autoComplete="off" spellCheck={false} {...input} className={LOOK} />
    </Labelled>
  );
}

type ChoiceProps = {
  title: string;
  value: string;
  choices: readonly string[];
  disabled?: boolean;
  /** How there would be more to choose from; it cannot be chosen itself. */
  more?: string;
  onChange(value: string): void;
};

export function Choice({ title, value, choices, disabled, more, onChange }: ChoiceProps) {
  return (
    <Labelled title={title}>
      <select
        className={`${LOOK} cursor-pointer`}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
      >
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
        {more ? <option disabled>{more}</option> : null}
      </select>
    </Labelled>
  );
}
