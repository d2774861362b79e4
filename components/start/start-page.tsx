"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useState } from "react";
import { kilobytes } from "#components/ui/figures.ts";
import { Logo } from "#components/ui/logo.tsx";
import { ThemeToggle } from "#components/ui/theme-toggle.tsx";
import { useCreateProject, useHealth } from "#lib/client/query.ts";
import { limits } from "#lib/project/limits.ts";
import type { Answerer } from "#lib/project/rows.ts";
import { Recents } from "./recents.tsx";

const STARTERS = [
  "A landing page for a village bakery, warm, with opening hours and an order button",
  "A small climbing gym with prices and a contact form",
  "A two-day conference on paper and print, with a programme",
  "A portfolio for an architect who restores barns",
];
const COUNTS = [1, 2, 3, 4];

type Directions = "designer" | "designer-held" | "deep" | "deep-held";
const PLANS: Record<Directions, { plan: "designer" | "deep"; hold: boolean }> = {
  designer: { plan: "designer", hold: false },
  "designer-held": { plan: "designer", hold: true },
  deep: { plan: "deep", hold: false },
  "deep-held": { plan: "deep", hold: true },
};

/** What the page should do, and the way to earlier projects. */
export function StartPage() {
  const router = useRouter();
  const create = useCreateProject();
  const [text, setText] = useState("");
  const [count, setCount] = useState(3);
  const [lane, setLane] = useState<Answerer>("fast");
  const [directions, setDirections] = useState<Directions>("designer");
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(warmStudio, []);

  async function submit(event?: FormEvent) {
    event?.preventDefault();
    const found = problemOf(text);
    setProblem(found);
    if (found || create.isPending) return;
    const { plan, hold } = PLANS[directions];
    const answer = await create.mutateAsync({ text: text.trim(), count, lane, plan, hold });
    if ("projectId" in answer) router.push(`/p/${answer.projectId}`);
    else setProblem(answer.message);
  }

  function onKey(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void submit();
  }

  return (
    <div className="flex min-h-full flex-col">
      <header className="flex h-11 items-center gap-2.5 px-4">
        <Logo />
        <span className="font-semibold">Triptych</span>
        <span className="ml-auto">
          <ThemeToggle />
        </span>
      </header>
      <main className="mx-auto flex w-full max-w-[46rem] flex-1 flex-col px-5 pt-[12vh] pb-16">
        <h1 className="font-display text-[2.5rem] leading-none sm:text-display">What should the page do?</h1>
        <form onSubmit={submit} className="mt-7 rounded-lg bg-sheet p-4 shadow-float">
          <textarea
            className="field min-h-20 text-base"
            aria-label="Prompt"
            aria-describedby="prompt-help"
            placeholder={STARTERS[0]}
            rows={3}
            // biome-ignore lint/a11y/noAutofocus: the one place where typing at once is what everyone came for
            autoFocus
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKey}
          />
          <div className="mt-3 flex flex-wrap items-center gap-2">
            <CountPicker count={count} onChange={setCount} />
            <LaneSelect lane={lane} onChange={setLane} />
            <DirectionsSelect directions={directions} onChange={setDirections} />
            <button
              type="submit"
              className="button button-solid ml-auto min-w-24"
              disabled={create.isPending}
            >
              {create.isPending ? "Creating" : "Create"}
            </button>
          </div>
        </form>
        <p id="prompt-help" className="mt-3 min-h-5 text-sm text-ink-2" role={problem ? "alert" : undefined}>
          {problem ? <span className="text-bad">{problem}</span> : <WhoAnswers />}
        </p>
        <Starters onPick={setText} />
        <Recents />
      </main>
    </div>
  );
}

/** While a person types, what the studio needs is fetched: its code must not be waited for after Create. */
function warmStudio(): void {
  void import("#components/studio/studio.tsx");
  void import("#lib/preview/sandpack-host.tsx");
}

function problemOf(text: string): string | null {
  if (text.trim() === "") return "Say what the page should do; a few words are enough.";
  const bytes = new TextEncoder().encode(text.trim()).length;
  if (bytes <= limits.promptBytes) return null;
  return `The prompt has ${kilobytes(bytes)}; up to ${kilobytes(limits.promptBytes)} are possible. Shorten it and send it again.`;
}

function CountPicker({ count, onChange }: { count: number; onChange: (count: number) => void }) {
  return (
    <fieldset className="flex items-center gap-0.5">
      <legend className="sr-only">Number of variants</legend>
      {COUNTS.map((each) => (
        <button
          key={each}
          type="button"
          className="button button-small tnum"
          aria-pressed={each === count}
          aria-label={each === 1 ? "1 variant" : `${each} variants`}
          onClick={() => onChange(each)}
        >
          {each}
        </button>
      ))}
      <span className="ml-1.5 text-xs text-ink-3">{count === 1 ? "variant" : "variants"}</span>
    </fieldset>
  );
}

type SelectProps = { label: string; children: ReactNode; value: string; onChange(value: string): void };

function Select({ label, value, onChange, children }: SelectProps) {
  return (
    <select
      aria-label={label}
      className="button button-small max-w-[11rem] truncate bg-sheet px-1"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {children}
    </select>
  );
}

/** Only where there is something to choose: a model of one's own, beside the designer. */
function LaneSelect({ lane, onChange }: { lane: Answerer; onChange(lane: Answerer): void }) {
  const health = useHealth().data;
  if (!health || health.lanes.fast.builtIn) return null;
  const { lanes, hasDeep } = health;
  return (
    <Select label="Who answers" value={lane} onChange={(value) => onChange(value as Answerer)}>
      <option value="fast">Fast: {lanes.fast.name}</option>
      {hasDeep ? <option value="deep">Deep: {lanes.deep.name}</option> : null}
      <option value="designer">Built-in designer</option>
    </Select>
  );
}

/** Who makes the art directions, and whether they are shown before anything is built. */
function DirectionsSelect({
  directions,
  onChange,
}: {
  directions: Directions;
  onChange(directions: Directions): void;
}) {
  const health = useHealth().data;
  return (
    <Select label="Directions" value={directions} onChange={(value) => onChange(value as Directions)}>
      <option value="designer">Directions: build at once</option>
      <option value="designer-held">Directions: show me first</option>
      {health?.hasDeep ? (
        <>
          <option value="deep">Planned by {health.lanes.deep.name}</option>
          <option value="deep-held">Planned by {health.lanes.deep.name}, show me first</option>
        </>
      ) : null}
    </Select>
  );
}

function WhoAnswers() {
  const fast = useHealth().data?.lanes.fast;
  if (!fast) return null;
  if (!fast.builtIn) return <>Answered by {fast.name}.</>;
  return (
    <>
      Answered by the built-in designer, which is no language model. It knows pages: sections, palettes, type,
      spacing, opening hours, prices, forms. Connect a model in .env.local for anything else.
    </>
  );
}

function Starters({ onPick }: { onPick: (text: string) => void }) {
  return (
    <ul className="mt-6 flex flex-col items-start gap-0.5 text-sm text-ink-2">
      {STARTERS.slice(1).map((starter) => (
        <li key={starter}>
          <button
            type="button"
            className="rounded-xs py-1 text-left underline decoration-line underline-offset-4 hover:decoration-line-strong"
            onClick={() => onPick(starter)}
          >
            {starter}
          </button>
        </li>
      ))}
    </ul>
  );
}
