"use client";
import { useRef, useState } from "react";
import { noteSent } from "#components/commands/own-changes.ts";
import { showSending, viewState } from "#components/studio/view-state.ts";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { PromptId, TurnId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";
import type { Commands, Taken } from "#lib/wire/events.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";

export type Sending = {
  text: string;
  setText(text: string): void;
  /** The server has not said yet that it has it. */
  isSending: boolean;
  /** Why it was refused; the text is still in the box. */
  problem: string | null;
  /** What became of it, when that is not simply that it began. */
  note: string | null;
  /** Another text than the box's leaves the box alone. Resolves with whether the server has taken it. */
  send(how: How, to: Variant[], words?: string): Promise<boolean>;
  /** Before the server has taken it: then it is stopped as soon as it has. False when nothing is on its way. */
  takeBack(): boolean;
};

type How = Omit<Commands["prompt"], "promptId" | "turnIds" | "text" | "person">;

/** The text of the prompt box: it leaves the box only when the server has taken it (interactions.md §4). */
export function useSending(client: RoomClient): Sending {
  const [text, write] = useState("");
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const underWay = useRef<string | null>(null);
  const takenBack = useRef<PromptId | null>(null);

  const setText = (next: string) => {
    write(next);
    setNote(null);
    if (next !== text) setProblem(null);
  };
  const send: Sending["send"] = async (how, to, words = text.trim()) => {
    if (words === "") setProblem(sentenceOf("empty-prompt"));
    // Pressed twice: the same words are on their way.
    if (words === "" || underWay.current === words) return false;
    underWay.current = words;
    setProblem(null);
    setNote(null);
    setSending(true);
    const promptId = newId<PromptId>();
    const turnIds = Object.fromEntries(to.map((variant) => [variant.id, newId<TurnId>()]));
    showSending({ promptId, text: words });
    const answer = await client.command("prompt", { ...how, promptId, turnIds, text: words });
    if (takenBack.current === promptId) {
      if (answer.ok) for (const turnId of Object.values(turnIds)) void client.command("stop", { turnId });
      return false;
    }
    underWay.current = null;
    setSending(false);
    showSending(null);
    if (answer.ok) {
      noteSent(client, promptId);
      // What was typed on meanwhile stays.
      write((now) => (now.trim().startsWith(words) ? now.trim().slice(words.length).trimStart() : now));
      setNote(takenWords(answer.taken));
    } else {
      write((now) => (now.trim() === "" ? words : now));
      setProblem(sentenceOf(answer.code, answer.detail));
    }
    return answer.ok;
  };
  const takeBack = () => {
    const { sending } = viewState.get();
    if (!sending) return false;
    takenBack.current = sending.promptId;
    underWay.current = null;
    setSending(false);
    showSending(null);
    setNote("Taken back. The words are still here.");
    return true;
  };
  return { text, setText, isSending, problem, note, send, takeBack };
}

/** What became of a prompt that came while something was written; nothing to say when it simply began. */
function takenWords(taken: readonly Taken[]): string | null {
  if (taken.includes("resent")) return "Steered: stopped, and sent on with what was written so far.";
  if (taken.includes("steered")) return "Steered: the running answer took it up.";
  return taken.includes("queued") ? "It waits until what is being written is done." : null;
}
