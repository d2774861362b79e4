"use client";
import { Toolbar } from "radix-ui";

export type WhileWriting = "steer" | "queue";

const CHOICES: [WhileWriting, title: string, words: string][] = [
  ["steer", "Steer", "Goes into what is being written"],
  ["queue", "Queue", "Waits until that is done"],
];

type WhileWritingProps = { value: WhileWriting; onChange(value: WhileWriting): void };

/** What becomes of a prompt that comes while something is written. */
export function WhileWritingSwitch({ value, onChange }: WhileWritingProps) {
  return (
    <Toolbar.Root aria-label="While it writes" className="flex gap-0.5">
      {CHOICES.map(([choice, title, words]) => (
        <Toolbar.Button
          key={choice}
          className="button button-small"
          title={words}
          aria-pressed={value === choice}
          onClick={() => onChange(choice)}
        >
          {title}
        </Toolbar.Button>
      ))}
    </Toolbar.Root>
  );
}
