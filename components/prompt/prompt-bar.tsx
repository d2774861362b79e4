"use client";
import { useState } from "react";
import { useOffer } from "#components/commands/offers.ts";
import type { CommandContext } from "#components/commands/types.ts";
import { runningTurnOf } from "#components/studio/table.ts";
import { setPicked, setTargets, useView, viewState } from "#components/studio/view-state.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { VariantId } from "#lib/project/ids.ts";
import { cutPicked } from "#lib/project/picked.ts";
import type { Answerer, Variant } from "#lib/project/rows.ts";
import type { Vary } from "#lib/project/vary.ts";
import { EstimateWords, LastTurnWords } from "./cost-words.tsx";
import { DirectionChips } from "./direction-chips.tsx";
import { LaneButton, raceOf } from "./lane-button.tsx";
import type { Race } from "./lane-menu.tsx";
import { PickButton } from "./pick-button.tsx";
import { PickedChips } from "./picked-chips.tsx";
import { PromptBox } from "./prompt-box.tsx";
import { TargetChips } from "./target-chips.tsx";
import { useEstimate } from "./use-estimate.ts";
import { useSending } from "./use-sending.ts";
import { VaryButton } from "./vary-button.tsx";
import { WaitingRows } from "./waiting-rows.tsx";
import { type WhileWriting, WhileWritingSwitch } from "./while-writing.tsx";

type PromptBarProps = { client: RoomClient; shown: Variant[]; context: CommandContext };

/** Where a change is described: to whom it goes, who answers, and what becomes of it while something is written. */
export function PromptBar({ client, shown, context }: PromptBarProps) {
  const [whileWriting, setWhileWriting] = useState<WhileWriting>("steer");
  const [lane, setLane] = useState<Answerer>("fast");
  const [race, setRace] = useState<Race>({});
  const [vary, setVary] = useState<Vary | null>(null);
  const [showsPlan, setShowsPlan] = useState(false);
  const sending = useSending(client);
  const turns = useRoom(client, (room) => room.turns);
  const plan = useRoom(client, (room) => room.plan);
  const picked = useView((state) => state.picked).filter(({ variantId }) => isOn(shown, variantId));
  const targetIds = useView((state) => state.targets).filter((id) => isOn(shown, id));
  const targets = shown.filter(({ id }) => targetIds.length === 0 || targetIds.includes(id));
  const running = targets.flatMap((variant) => runningTurnOf(turns, variant.id) ?? []);
  const { text, problem, note, isSending } = sending;
  const estimate = useEstimate(
    client,
    text,
    lane,
    targets.map(({ id }) => id),
  );

  const send = async (to = targets, words?: string) => {
    const how = {
      ...{ lane, whileWriting },
      ...(Object.keys(race).length > 0 ? { lanes: race } : {}),
      ...(vary ? { vary } : {}),
      ...(picked.length > 0 ? { picked: cutPicked(picked) } : {}),
    };
    // What was pointed at while the server answered stays for the next one.
    if (await sending.send(how, to, words))
      setPicked(viewState.get().picked.filter((each) => !picked.includes(each)));
  };
  useOffer("send", () => send(), shown.length > 0);
  useOffer("send-all", () => send(shown), shown.length > 0);
  useOffer("ask", (words) => send(targets, words), shown.length > 0);

  const isWriting = running.length > 0;
  const isStopping = isWriting && text.trim() === "" && !isSending;
  return (
    <section
      aria-label="Prompt"
      className="prompt-dock fixed right-[calc(0.5rem+var(--drawer,0px))] bottom-2 left-2 z-20 mx-auto max-w-[840px] rounded-lg bg-sheet p-3 shadow-float min-[800px]:bottom-3"
    >
      {plan && (plan.state !== "built" || showsPlan) ? (
        <DirectionChips client={client} shown={shown} />
      ) : null}
      <WaitingRows client={client} shown={shown} />
      <PickedChips picked={picked} shown={shown} />
      <PromptBox
        client={client}
        context={context}
        text={text}
        onText={sending.setText}
        onSend={() => void send()}
        onTakeBack={sending.takeBack}
        onFocus={() => void client.command("warm", { lane: lane === "deep" ? "deep" : "fast" })}
        placeholder={isWriting ? "Steer while it writes" : "Describe a change, or type / for commands"}
        isSending={isSending}
      />
      <Outcome problem={problem} note={note} />
      <div className="mt-2 flex flex-wrap items-center gap-1">
        <TargetChips shown={shown} targets={targetIds} onTargets={setTargets} />
        <LaneButton
          client={client}
          shown={targets}
          lane={lane}
          onLane={setLane}
          race={raceOf(race, shown)}
          onRace={setRace}
        />
        <VaryButton client={client} targets={targets} vary={vary} onVary={setVary} />
        <PickButton />
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
          ) : estimate ? (
            <EstimateWords estimate={estimate} />
          ) : (
            <LastTurnWords turns={turns} shown={shown} />
          )}
          <SendOrStop
            isStopping={isStopping}
            onSend={() => void send()}
            onStop={() => {
              for (const turn of running) void client.command("stop", { turnId: turn.id });
            }}
          />
        </span>
      </div>
    </section>
  );
}

function isOn(shown: readonly Variant[], id: VariantId): boolean {
  return shown.some((variant) => variant.id === id);
}

function Outcome({ problem, note }: { problem: string | null; note: string | null }) {
  if (problem)
    return (
      <p role="alert" className="mt-1 text-xs text-bad">
        {problem}
      </p>
    );
  return note ? <p className="mt-1 text-xs text-ink-3">{note}</p> : null;
}

type SendOrStopProps = { isStopping: boolean; onSend(): void; onStop(): void };

/** One place, one width: nothing shifts when it changes, and a focused one stays focused. */
function SendOrStop({ isStopping, onSend, onStop }: SendOrStopProps) {
  return (
    <button
      type="button"
      className={`button w-16 flex-none sm:w-20 ${isStopping ? "button-line" : "button-solid"}`}
      onClick={isStopping ? onStop : onSend}
    >
      {isStopping ? "Stop" : "Send"}
    </button>
  );
}
