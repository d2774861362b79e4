"use client";
import { type FormEvent, useState } from "react";
import { milliseconds } from "#components/ui/figures.ts";
import {
  type LaneWish,
  type Measured,
  useForgetLane,
  useSaveLane,
  useTestLane,
} from "#lib/client/settings.ts";
import type { LaneView } from "#lib/project/lane-view.ts";
import { Choice, Field } from "./field.tsx";
import { Meters } from "./meters.tsx";

type LaneCardProps = {
  lane: LaneView;
  wires: string[];
  /** Fills the form; nothing is saved by that. */
  proposed: Pick<LaneWish, "baseUrl" | "wire" | "model"> | null;
};

const TITLES = { fast: "Fast", deep: "Deep" } as const;
const PURPOSES = {
  fast: "writes every page",
  deep: "plans directions, and answers when you choose it",
} as const;

/** One lane: its model, its key (which goes in and never comes out), how fast it is now, and what is left of its limits. */
export function LaneCard({ lane, wires, proposed }: LaneCardProps) {
  const isFixed = lane.source === "environment";
  const title = TITLES[lane.lane];
  return (
    <section
      aria-label={`${title} lane`}
      className="rounded-md p-4 ring-1 ring-line ring-inset max-sm:-mx-2 max-sm:p-3"
    >
      <div className="flex flex-wrap items-baseline gap-x-2">
        <h3 className="text-base font-semibold">{title}</h3>
        <p className="text-xs text-ink-3">{PURPOSES[lane.lane]}</p>
        <p className="ml-auto text-xs text-ink-2">{whoWords(lane)}</p>
      </div>
      {isFixed ? <FixedLane lane={lane} /> : <LaneForm lane={lane} wires={wires} proposed={proposed} />}
      {lane.builtIn || lane.source === "none" ? null : <Meters limits={lane.limits} title={title} />}
    </section>
  );
}

function whoWords({ lane, source, name, builtIn }: LaneView): string {
  if (source === "none" && lane === "deep") return "none of its own: the fast lane's model";
  return builtIn ? "the built-in designer" : name;
}

/** Set where the server is started: shown, and not to be changed here. */
function FixedLane({ lane }: { lane: LaneView }) {
  const prefix = `TRIPTYCH_${lane.lane.toUpperCase()}_…`;
  return (
    <>
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-sm">
        <dt className="text-ink-3">Base URL</dt>
        <dd className="truncate">{lane.baseUrl}</dd>
        <dt className="text-ink-3">Wire, model</dt>
        <dd className="truncate">
          {lane.wire}, {lane.model}
        </dd>
        <dt className="text-ink-3">Key</dt>
        <dd>{keyWords(lane.keyEnd)}</dd>
      </dl>
      <p className="mt-2 text-xs text-ink-3">
        Set by the environment ({prefix}), which wins over what is set here.
      </p>
      <TestRow lane={lane.lane} />
    </>
  );
}

function keyWords(keyEnd: string | null): string {
  if (keyEnd === null) return "none";
  return keyEnd === "" ? "set" : `set, ends in ${keyEnd}`;
}

function LaneForm({ lane, wires, proposed }: LaneCardProps) {
  const save = useSaveLane();
  const forget = useForgetLane();
  const [baseUrl, setBaseUrl] = useState(proposed?.baseUrl ?? lane.baseUrl ?? "");
  const [wire, setWire] = useState(proposed?.wire ?? lane.wire ?? "chat");
  const [model, setModel] = useState(proposed?.model ?? lane.model ?? "");
  const [key, setKey] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const isSet = lane.source === "settings";
  const isAsIs = baseUrl === lane.baseUrl && wire === lane.wire && model === lane.model && key === "";

  const tell = (answer: { ok?: boolean; message?: string }) => {
    setProblem(answer.ok ? null : (answer.message ?? "That was not saved."));
    if (answer.ok) setKey("");
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const apiKey = key.trim() === "" ? {} : { apiKey: key.trim() };
    tell(await save.mutateAsync({ lane: lane.lane, baseUrl, wire, model, ...apiKey }));
  };
  const giveUp = async () => {
    const answer = await forget.mutateAsync(lane.lane);
    tell(answer);
    if (!answer.ok) return;
    setBaseUrl("");
    setModel("");
    setWire("chat");
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="mt-3">
      <div className="grid gap-x-3 gap-y-2.5 sm:grid-cols-2">
        <Field
          title="Base URL"
          inputMode="url"
          placeholder="https://api.example.com/v1"
          value={baseUrl}
          onChange={(event) => setBaseUrl(event.target.value)}
        />
        <Field
          title="Model"
          placeholder="as the server lists it"
          value={model}
          onChange={(event) => setModel(event.target.value)}
        />
        <Field
          title="Key"
          type="password"
          autoComplete="new-password"
          placeholder={lane.keyEnd === null ? "none" : `${keyWords(lane.keyEnd)}; empty keeps it`}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
        <Choice
          title="Wire"
          value={wire}
          // A package that was taken away meanwhile still stands there, with what it takes to have it back.
          choices={wires.includes(wire) ? wires : [...wires, wire]}
          more="another: npm install its AI SDK package"
          onChange={setWire}
        />
      </div>
      {problem ? (
        <p role="alert" className="mt-2 text-xs text-bad">
          {problem}
        </p>
      ) : null}
      <div className="mt-3 flex flex-wrap items-center gap-1.5">
        <button type="submit" className="button button-solid" aria-busy={save.isPending}>
          Save
        </button>
        {isSet ? (
          <>
            {lane.keyEnd === null ? null : (
              <button
                type="button"
                className="button button-line"
                onClick={async () =>
                  tell(await save.mutateAsync({ lane: lane.lane, baseUrl, wire, model, apiKey: null }))
                }
              >
                Remove key
              </button>
            )}
            <button type="button" className="button button-line" onClick={() => void giveUp()}>
              {lane.lane === "fast" ? "Use the built-in designer" : "No deep lane"}
            </button>
          </>
        ) : null}
      </div>
      {isSet && isAsIs ? <TestRow lane={lane.lane} /> : null}
    </form>
  );
}

/** Measured now, by one short prompt from the server; nothing of it is stored. */
function TestRow({ lane }: { lane: LaneView["lane"] }) {
  const test = useTestLane();
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      <button
        type="button"
        className="button button-line"
        aria-busy={test.isPending}
        // Not switched off meanwhile: what has the focus would lose it.
        onClick={() => (test.isPending ? undefined : test.mutate(lane))}
      >
        {test.isPending ? "Testing" : "Test"}
      </button>
      <div aria-live="polite" className="tnum min-w-0 flex-1 text-xs">
        {test.data ? <TestWords measured={test.data} /> : null}
      </div>
    </div>
  );
}

function TestWords({ measured }: { measured: Measured }) {
  if (!measured.ok) return <span className="text-bad">{measured.message}</span>;
  const { firstTextMs, tokensPerSecond, tokens, wire } = measured;
  const speed =
    tokensPerSecond === null
      ? "in one piece"
      : `${tokensPerSecond.toLocaleString("en")} tok/s over ${tokens} tokens`;
  return (
    <span className="text-ink-2">
      First token after {milliseconds(firstTextMs)}, then {speed}, by {wire}. Measured just now.
    </span>
  );
}
