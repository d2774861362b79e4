"use client";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { useOffer } from "#components/commands/offers.ts";
import { kilobytes } from "#components/ui/figures.ts";
import { type NewProject, useHealth } from "#lib/client/query.ts";
import { limits } from "#lib/project/limits.ts";
import type { Answerer } from "#lib/project/rows.ts";
import { CountPicker, type Directions, DirectionsSelect, LaneSelect } from "./prompt-choices.tsx";

const STARTERS = [
  ["bakery", "A landing page for a village bakery, warm, with opening hours and an order button"],
  ["climbing gym", "A small climbing gym with prices and a contact form"],
  ["conference", "A two-day conference on paper and print, with a programme"],
  ["architect", "A portfolio for an architect who restores barns"],
] as const;

const PLANS: Record<Directions, { plan: "designer" | "deep"; hold: boolean }> = {
  designer: { plan: "designer", hold: false },
  "designer-held": { plan: "designer", hold: true },
  deep: { plan: "deep", hold: false },
  "deep-held": { plan: "deep", hold: true },
};

type FirstPromptProps = {
  count: number;
  onCount(count: number): void;
  problem: string | null;
  onProblem(problem: string | null): void;
  isCreating: boolean;
  onCreate(wanted: NewProject): void;
};

/** The question and the box that it is answered in. */
export function FirstPrompt({ count, onCount, problem, onProblem, isCreating, onCreate }: FirstPromptProps) {
  const [text, setText] = useState("");
  const [lane, setLane] = useState<Answerer>("fast");
  const [directions, setDirections] = useState<Directions>("designer");

  function submit(event?: FormEvent) {
    event?.preventDefault();
    const found = problemOf(text);
    onProblem(found);
    if (!found) onCreate({ text: text.trim(), count, lane, ...PLANS[directions] });
  }

  useOffer("create", () => submit());

  function onKey(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  }

  return (
    <div className="mx-auto max-w-[46rem]">
      <h1 className="font-display text-[2.5rem] leading-none text-balance sm:text-display">
        What should the page do?
      </h1>
      <form
        data-region=""
        onSubmit={submit}
        className="mt-6 rounded-lg bg-sheet p-4 shadow-float focus-within:ring-1 focus-within:ring-line-strong"
      >
        <textarea
          id="prompt"
          className="field min-h-20 text-base"
          aria-label="Prompt"
          aria-describedby="prompt-help"
          placeholder={STARTERS[0][1]}
          rows={3}
          // biome-ignore lint/a11y/noAutofocus: the one place where typing at once is what everyone came for
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKey}
        />
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <CountPicker count={count} onChange={onCount} />
          <LaneSelect lane={lane} onChange={setLane} />
          <DirectionsSelect directions={directions} onChange={setDirections} />
          <button
            type="submit"
            className="button button-solid ml-auto min-w-24 pointer-coarse:h-11"
            disabled={isCreating}
          >
            {isCreating ? "Creating" : "Create"}
          </button>
        </div>
      </form>
      <div id="prompt-help" className="mt-3 min-h-10 text-sm text-pretty text-ink-2">
        {problem ? (
          <p role="alert" className="text-bad">
            {problem}
          </p>
        ) : (
          <WhoAnswers />
        )}
      </div>
      <Starters onPick={setText} />
    </div>
  );
}

function problemOf(text: string): string | null {
  if (text.trim() === "") return "Say what the page should do; a few words are enough.";
  const bytes = new TextEncoder().encode(text.trim()).length;
  if (bytes <= limits.promptBytes) return null;
  return `The prompt has ${kilobytes(bytes)}; up to ${kilobytes(limits.promptBytes)} are possible. Shorten it and send it again.`;
}

function WhoAnswers() {
  const fast = useHealth().data?.lanes.fast;
  if (!fast) return null;
  if (!fast.builtIn) return <p>Answered by {fast.name}.</p>;
  return (
    <p>
      Answered by the built-in designer, which is no language model. It knows pages: sections, palettes, type,
      spacing, opening hours, prices, forms. Connect a model in Settings for anything else.
    </p>
  );
}

/** Words to begin with, for who has none yet. */
function Starters({ onPick }: { onPick: (text: string) => void }) {
  return (
    <p className="mt-2 text-sm text-ink-3">
      Try a{" "}
      {STARTERS.map(([name, text], index) => (
        <span key={name}>
          {index === 0 ? "" : index === STARTERS.length - 1 ? " or an " : ", a "}
          <button
            type="button"
            className="rounded-xs text-ink-2 underline decoration-line-strong underline-offset-4 hover:text-ink pointer-coarse:py-3"
            onClick={() => onPick(text)}
          >
            {name}
          </button>
        </span>
      ))}
      .
    </p>
  );
}
