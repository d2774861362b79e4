"use client";
import dynamic from "next/dynamic";
import { type KeyboardEvent, useRef, useState } from "react";
import { useOffer } from "#components/commands/offers.ts";
import { runningTurnOf } from "#components/studio/table.ts";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { PromptId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Answerer, Variant } from "#lib/project/rows.ts";
import type { Vary } from "#lib/project/vary.ts";
import type { Estimate, Taken } from "#lib/wire/events.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";
import { choicesOf, shortName } from "./answerers.ts";
import { DirectionChips } from "./direction-chips.tsx";
import type { Race } from "./lane-menu.tsx";
import { Targets } from "./targets.tsx";
import { useEstimate } from "./use-estimate.ts";
import { useHistory } from "./use-history.ts";
import { varyWords } from "./vary-words.ts";
import { WaitingRows } from "./waiting-rows.tsx";

const LaneMenu = dynamic(() => import("./lane-menu.tsx"), { ssr: false });
const VaryMenu = dynamic(() => import("./vary-menu.tsx"), { ssr: false });

type PromptBarProps = {
  client: RoomClient;
  shown: Variant[];
  /** Null: all variants. */
  target: VariantId | null;
  onTarget(target: VariantId | null): void;
};

type WhileWriting = "steer" | "queue";

/** Sends to all or to one; the text leaves the box only when the server has taken it. */
export function PromptBar({ client, shown, target, onTarget }: PromptBarProps) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const [whileWriting, setWhileWriting] = useState<WhileWriting>("steer");
  const [lane, setLane] = useState<Answerer>("fast");
  const [race, setRace] = useState<Race>({});
  const [vary, setVary] = useState<Vary | null>(null);
  const [showsPlan, setShowsPlan] = useState(false);
  const history = useHistory(client);
  const turns = useRoom(client, (room) => room.turns);
  const plan = useRoom(client, (room) => room.plan);
  const targets = shown.filter((variant) => target === null || variant.id === target);
  const running = targets.flatMap((variant) => runningTurnOf(turns, variant.id) ?? []);
  const estimate = useEstimate(
    client,
    text,
    lane,
    targets.map((variant) => variant.id),
  );

  async function send(words = text.trim(), to = targets) {
    if (words === "") return setProblem(sentenceOf("empty-prompt"));
    setProblem(null);
    setNote(null);
    setText((now) => (now.trim() === words ? "" : now));
    const answer = await client.command("prompt", {
      promptId: newId<PromptId>(),
      turnIds: Object.fromEntries(to.map((variant) => [variant.id, newId<TurnId>()])),
      ...{ lane, text: words, whileWriting },
      ...(Object.keys(race).length > 0 ? { lanes: race } : {}),
      ...(vary ? { vary } : {}),
    });
    if (answer.ok) return setNote(takenWords(answer.taken));
    setText((now) => now || words);
    setProblem(sentenceOf(answer.code, answer.detail));
  }

  function stop() {
    for (const turn of running) void client.command("stop", { turnId: turn.id });
  }

  function onKey(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    // With ⌘ or Ctrl it is a command (components/commands).
    if (event.key === "Enter" && !event.shiftKey && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      void send();
    } else if (
      (event.key === "ArrowUp" || event.key === "ArrowDown") &&
      (text === "" || history.isBrowsing)
    ) {
      event.preventDefault();
      setText(history.move(event.key === "ArrowUp" ? -1 : 1));
    }
  }

  useOffer("send", () => send());
  useOffer("send-all", () => send(undefined, shown));
  useOffer("ask", (words) => send(words));
  const isWriting = running.length > 0;
  const isStopping = isWriting && text.trim() === "";
  return (
    <section
      aria-label="Prompt"
      className="fixed right-[calc(0.5rem+var(--drawer,0px))] bottom-2 left-2 z-20 mx-auto max-w-[840px] rounded-lg bg-sheet p-3 shadow-float min-[800px]:bottom-3"
    >
      {plan && (plan.state !== "built" || showsPlan) ? (
        <DirectionChips client={client} shown={shown} />
      ) : null}
      <WaitingRows client={client} shown={shown} />
      <label htmlFor="prompt" className="sr-only">
        Prompt
      </label>
      <textarea
        id="prompt"
        rows={1}
        className="field max-h-40 text-base [field-sizing:content]"
        placeholder={isWriting ? "Steer while it writes" : "Describe a change"}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setNote(null);
        }}
        onFocus={() => void client.command("warm", { lane: lane === "deep" ? "deep" : "fast" })}
        onKeyDown={onKey}
      />
      {problem ? (
        <p role="alert" className="mt-1 text-xs text-bad">
          {problem}
        </p>
      ) : note ? (
        <p className="mt-1 text-xs text-ink-3">{note}</p>
      ) : null}
      <div className="mt-2 flex flex-wrap items-center gap-1">
        <Targets shown={shown} target={target} onTarget={onTarget} />
        <LaneButton
          client={client}
          shown={targets}
          lane={lane}
          onLane={setLane}
          race={raceOf(race, shown)}
          onRace={setRace}
        />
        <VaryButton client={client} targets={targets} vary={vary} onVary={setVary} />
        {plan?.state === "built" ? (
          <button
            type="button"
            className="button button-small max-sm:hidden"
            aria-pressed={showsPlan}
            onClick={() => setShowsPlan(!showsPlan)}
          >
            Directions
          </button>
        ) : null}
        <span className="ml-auto flex items-center gap-1">
          {isWriting && !isStopping ? (
            <WhileWritingSwitch value={whileWriting} onChange={setWhileWriting} />
          ) : (
            <EstimateWords estimate={estimate} />
          )}
          {isStopping ? (
            <button type="button" className="button button-line w-16 sm:w-20" onClick={stop}>
              Stop
            </button>
          ) : (
            <button type="button" className="button button-solid w-16 sm:w-20" onClick={() => void send()}>
              Send
            </button>
          )}
        </span>
      </div>
    </section>
  );
}

type LaneButtonProps = {
  client: RoomClient;
  shown: Variant[];
  lane: Answerer;
  onLane(lane: Answerer): void;
  race: Race;
  onRace(race: Race): void;
};

function LaneButton({ client, ...menu }: LaneButtonProps) {
  const lanes = useRoom(client, (room) => room.lanes);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const choices = choicesOf(lanes);
  const name = shortName(choices, menu.lane);
  if (choices.length < 2)
    return <span className="ml-2 hidden truncate text-xs text-ink-3 sm:inline">{name}</span>;
  const racing = menu.shown.filter(({ id }) => menu.race[id] !== undefined);
  const isOdd = choices.some(({ answerer, note }) => answerer === menu.lane && note !== null);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button button-small max-sm:gap-0.5 max-sm:px-1.5 sm:ml-1"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className="sr-only">Who answers: </span>
        {name}
        {racing.map(({ id, letter }) => ` · ${letter} ${shortName(choices, menu.race[id] as Answerer)}`)}
        {isOdd ? (
          <span className="text-warn" aria-hidden="true">
            !
          </span>
        ) : null}
        <span aria-hidden="true">▾</span>
      </button>
      {open ? <LaneMenu {...menu} choices={choices} opener={button} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** Only for variants that are on the table. */
function raceOf(race: Race, shown: Variant[]): Race {
  return Object.fromEntries(
    Object.entries(race).filter(([id]) => shown.some((variant) => variant.id === id)),
  );
}

type VaryButtonProps = {
  client: RoomClient;
  targets: Variant[];
  vary: Vary | null;
  onVary(vary: Vary | null): void;
};

function VaryButton({ client, targets, vary, onVary }: VaryButtonProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const files = open ? sectionsOf(client, targets) : [];
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button button-small max-w-40 max-sm:gap-0.5 max-sm:px-1.5"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-pressed={vary !== null}
        aria-label={`${varyWords(vary)}: what may change`}
        onClick={() => setOpen(!open)}
      >
        <span className="truncate">{varyWords(vary)}</span>
        <span aria-hidden="true">▾</span>
      </button>
      {open ? (
        <VaryMenu vary={vary} onVary={onVary} files={files} opener={button} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}

function sectionsOf(client: RoomClient, targets: Variant[]): string[] {
  const paths = targets.flatMap(({ id }) => client.document(id)?.paths() ?? []);
  return [...new Set(paths)].filter((path) => path.startsWith("/src/components/")).sort();
}

function WhileWritingSwitch({
  value,
  onChange,
}: {
  value: WhileWriting;
  onChange(value: WhileWriting): void;
}) {
  const choices: [WhileWriting, string, string][] = [
    ["steer", "Steer", "Goes into what is being written"],
    ["queue", "Queue", "Waits until that is done"],
  ];
  return (
    <span role="toolbar" aria-label="While it writes" className="flex gap-0.5">
      {choices.map(([choice, title, words]) => (
        <button
          key={choice}
          type="button"
          className="button button-small"
          title={words}
          aria-pressed={value === choice}
          onClick={() => onChange(choice)}
        >
          {title}
        </button>
      ))}
    </span>
  );
}

function EstimateWords({ estimate }: { estimate: Estimate | null }) {
  if (!estimate) return null;
  const { inputTokens, outputTokens, turns, left } = estimate;
  const total = inputTokens + outputTokens;
  const isOver = left !== null && total > left;
  return (
    <span
      className={`tnum mr-1 hidden text-xs sm:inline ${isOver ? "text-bad" : "text-ink-3"}`}
      title={`At most, for ${turns} ${turns === 1 ? "variant" : "variants"}: ${figure(inputTokens)} tokens in, ${figure(outputTokens)} out${left === null ? "" : `; your caps leave ${figure(left)}`}`}
    >
      ≤ {figure(total)} tokens
    </span>
  );
}

function figure(tokens: number): string {
  return tokens >= 1_000 ? `${(tokens / 1_000).toFixed(tokens < 100_000 ? 1 : 0)}k` : String(tokens);
}

/** What became of a prompt that came while something was written; nothing to say when it simply began. */
function takenWords(taken: readonly Taken[]): string | null {
  if (taken.includes("resent")) return "Steered: stopped, and sent on with what was written so far.";
  if (taken.includes("steered")) return "Steered: the running answer took it up.";
  return taken.includes("queued") ? "It waits until what is being written is done." : null;
}
