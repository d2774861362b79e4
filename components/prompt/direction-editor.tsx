"use client";
import { type FormEvent, type RefObject, useState } from "react";
import { Popup } from "#components/ui/popup.tsx";
import { type Direction, directionFields } from "#lib/project/direction.ts";

type DirectionEditorProps = {
  letter: string;
  direction: Direction;
  /** What pressing it does now: builds later, steers, builds anew. */
  action: string;
  onUse(direction: Direction): void;
  opener: RefObject<HTMLButtonElement | null>;
  onClose(): void;
};

const TITLES: Record<(typeof directionFields)[number], string> = {
  name: "Name",
  idea: "Idea",
  type: "Type",
  palette: "Palette",
  layout: "Layout",
  tone: "Tone",
};

/** One direction in a person's words. */
export default function DirectionEditor({
  letter,
  direction,
  action,
  onUse,
  opener,
  onClose,
}: DirectionEditorProps) {
  const [draft, setDraft] = useState(direction);
  const [sections, setSections] = useState(direction.sections.join(", "));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.name.trim() === "") return;
    onUse({
      ...draft,
      sections: sections
        .split(",")
        .map((each) => each.trim())
        .filter((each) => each !== ""),
    });
    onClose();
  };
  return (
    <Popup label={`Direction of variant ${letter}`} opener={opener} onClose={onClose}>
      <form onSubmit={submit} data-v={letter.toLowerCase()} className="flex flex-col gap-2">
        <h2 className="flex items-center gap-2 font-semibold">
          <span className="badge" aria-hidden="true">
            {letter}
          </span>
          Direction
        </h2>
        {directionFields.map((field) => (
          <Line
            key={field}
            title={TITLES[field]}
            value={draft[field]}
            onChange={(value) => setDraft({ ...draft, [field]: value })}
          />
        ))}
        <Line title="Sections" value={sections} onChange={setSections} />
        <button
          type="submit"
          className="button button-solid mt-2 self-end"
          disabled={draft.name.trim() === ""}
        >
          {action}
        </button>
      </form>
    </Popup>
  );
}

function Line({ title, value, onChange }: { title: string; value: string; onChange(value: string): void }) {
  return (
    <label className="grid grid-cols-[4.5rem_1fr] items-baseline gap-2 text-xs text-ink-3">
      {title}
      <input
        className="field rounded-xs bg-raised px-2 py-1 text-sm text-ink"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
