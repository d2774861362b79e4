"use client";
import { type FormEvent, useState } from "react";
import { type Caps, type ServerSettings, useSaveCaps } from "#lib/client/settings.ts";
import type { Used } from "#lib/project/lane-view.ts";
import { Field } from "./field.tsx";
import { MeterBar } from "./meters.tsx";

const NAMES: readonly (readonly [keyof Caps, string])[] = [
  ["turn", "One turn"],
  ["hour", "One hour"],
  ["project", "One project"],
];

type CapsFormProps = { caps: Caps; sources: ServerSettings["capSources"]; used: Used };

/** A person's own limits: what would go over one is not sent. */
export function CapsForm({ caps, sources, used }: CapsFormProps) {
  const save = useSaveCaps();
  const [drafts, setDrafts] = useState(() => textsOf(caps));
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await save.mutateAsync(numbersOf(drafts));
    setProblem("message" in answer ? answer.message : null);
  };
  return (
    <form aria-label="Own caps" onSubmit={(event) => void submit(event)}>
      <h3 className="text-base font-semibold">Own caps</h3>
      <p className="mt-0.5 text-xs text-ink-3">
        In tokens of language models; empty is none. What would go over a cap is not sent.
      </p>
      <div className="mt-2 grid grid-cols-3 gap-x-3">
        {NAMES.map(([cap, title]) => (
          // One row each for fields, bars and words, also where a title needs two lines.
          <div key={cap} className="row-span-3 grid min-w-0 grid-rows-subgrid items-end">
            <Field
              title={sources[cap] === "environment" ? `${title} (environment)` : title}
              inputMode="numeric"
              placeholder="none"
              disabled={sources[cap] === "environment"}
              value={drafts[cap]}
              onChange={(event) => setDrafts({ ...drafts, [cap]: event.target.value })}
            />
            <Use title={title} limit={caps[cap]} used={used[cap]} words={usedWords(cap, used, caps[cap])} />
          </div>
        ))}
      </div>
      {problem ? (
        <p role="alert" className="mt-2 text-xs text-bad">
          {problem}
        </p>
      ) : null}
      <button type="submit" className="button button-line mt-3" aria-busy={save.isPending}>
        Save caps
      </button>
    </form>
  );
}

type UseProps = { title: string; limit: number | null; used: number | null; words: string };

/** What is used of a cap, as it holds now; a bar only where there is one. */
function Use({ title, limit, used, words }: UseProps) {
  const percent = limit === null || used === null ? null : Math.round((100 * used) / Math.max(1, limit));
  return (
    <>
      <div className="mt-1.5 h-1.5">
        {percent === null ? null : <MeterBar name={`${title}: own cap`} usedPercent={percent} />}
      </div>
      <p className="tnum mt-1 self-start text-2xs text-ink-3">{words}</p>
    </>
  );
}

/** "The last one: 4,210 of 20,000", "12,400 used", "Not known without a project". */
export function usedWords(cap: keyof Caps, used: Used, limit: number | null): string {
  const figure = (tokens: number) => tokens.toLocaleString("en");
  const tokens = used[cap];
  if (cap !== "hour" && used.project === null) return "Not known without a project";
  if (tokens === null) return "None in this project yet";
  const words = limit === null ? `${figure(tokens)} used` : `${figure(tokens)} of ${figure(limit)}`;
  return cap === "turn" ? `The last one: ${words}` : words;
}

function textsOf({ turn, hour, project }: Caps): Record<keyof Caps, string> {
  return { turn: String(turn ?? ""), hour: String(hour ?? ""), project: String(project ?? "") };
}

/** "20,000" and "20 000" are 20000; what is no number stays what it is, and the server says what is allowed. */
function numbersOf(drafts: Record<keyof Caps, string>): Caps {
  const read = (text: string) => {
    const plain = text.replace(/[\s,_']/g, "");
    return plain === "" ? null : /^\d+$/.test(plain) ? Number(plain) : (text as unknown as number);
  };
  return { turn: read(drafts.turn), hour: read(drafts.hour), project: read(drafts.project) };
}
