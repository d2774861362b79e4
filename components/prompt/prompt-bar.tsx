"use client";
import { type KeyboardEvent, useRef, useState } from "react";
import { runningTurnOf } from "#components/studio/table.ts";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { PromptId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";

type PromptBarProps = {
  client: RoomClient;
  shown: Variant[];
  /** Null: all variants. */
  target: VariantId | null;
  onTarget(target: VariantId | null): void;
};

/** Sends to all or to one; the text leaves the box only when the server has taken it. */
export function PromptBar({ client, shown, target, onTarget }: PromptBarProps) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const history = useHistory(client);
  const turns = useRoom(client, (room) => room.turns);
  const lane = useRoom(client, (room) => room.lanes[0]?.name ?? "");
  const targets = shown.filter((variant) => target === null || variant.id === target);
  const running = targets.flatMap((variant) => runningTurnOf(turns, variant.id) ?? []);

  async function send() {
    const words = text.trim();
    if (words === "") return setProblem(sentenceOf("empty-prompt"));
    setProblem(null);
    setText("");
    const answer = await sendPrompt(client, targets, words);
    if (answer.ok) return;
    setText((now) => now || words);
    setProblem(sentenceOf(answer.code, answer.detail));
  }

  function stop() {
    for (const turn of running) void client.command("stop", { turnId: turn.id });
  }

  function onKey(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
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

  const isWriting = running.length > 0 && text.trim() === "";
  return (
    <section
      aria-label="Prompt"
      className="fixed right-[calc(0.5rem+var(--drawer,0px))] bottom-2 left-2 z-20 mx-auto max-w-[840px] rounded-lg bg-sheet p-3 shadow-float min-[800px]:bottom-3"
    >
      <label htmlFor="prompt" className="sr-only">
        Prompt
      </label>
      <textarea
        id="prompt"
        rows={1}
        className="field max-h-40 text-base [field-sizing:content]"
        placeholder={running.length > 0 ? "Steer while it writes" : "Describe a change"}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onFocus={() => void client.command("warm", { lane: "fast" })}
        onKeyDown={onKey}
      />
      {problem ? (
        <p role="alert" className="mt-1 text-xs text-bad">
          {problem}
        </p>
      ) : null}
      <div className="mt-2 flex items-center gap-1">
        <Targets shown={shown} target={target} onTarget={onTarget} />
        <span className="ml-2 hidden truncate text-xs text-ink-3 sm:inline">{lane}</span>
        {isWriting ? (
          <button type="button" className="button button-line ml-auto w-20" onClick={stop}>
            Stop
          </button>
        ) : (
          <button type="button" className="button button-solid ml-auto w-20" onClick={() => void send()}>
            Send
          </button>
        )}
      </div>
    </section>
  );
}

function Targets({ shown, target, onTarget }: Omit<PromptBarProps, "client">) {
  if (shown.length < 2) return null;
  return (
    <div className="flex gap-0.5" role="toolbar" aria-label="Send to">
      <button
        type="button"
        className="button button-small"
        aria-pressed={target === null}
        onClick={() => onTarget(null)}
      >
        {shown.length === 3 ? "All three" : "All"}
      </button>
      {shown.map((variant) => (
        <button
          key={variant.id}
          type="button"
          data-v={variant.letter.toLowerCase()}
          className="button button-small min-w-7"
          style={{ color: "var(--vi)" }}
          aria-pressed={target === variant.id}
          onClick={() => onTarget(target === variant.id ? null : variant.id)}
        >
          {variant.letter}
        </button>
      ))}
    </div>
  );
}

function sendPrompt(client: RoomClient, targets: Variant[], text: string) {
  const turnIds = Object.fromEntries(targets.map((variant) => [variant.id, newId<TurnId>()])) as Record<
    VariantId,
    TurnId
  >;
  return client.command("prompt", { promptId: newId<PromptId>(), turnIds, lane: "fast", text });
}

/** Earlier prompts under the arrow keys, newest first, each once. */
function useHistory(client: RoomClient): { isBrowsing: boolean; move(by: number): string } {
  const at = useRef<number | null>(null);
  return {
    get isBrowsing() {
      return at.current !== null;
    },
    move(by) {
      const prompts = [
        ...new Set(
          client
            .getSnapshot()
            .turns.filter((turn) => turn.kind !== "restore" && turn.kind !== "undo")
            .map((turn) => turn.prompt),
        ),
      ];
      const next = (at.current ?? prompts.length) + by;
      at.current = next >= 0 && next < prompts.length ? next : null;
      return at.current === null ? "" : (prompts[at.current] ?? "");
    },
  };
}
