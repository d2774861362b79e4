"use client";
import { type KeyboardEvent, useState } from "react";
import type { CommandContext } from "#components/commands/types.ts";
import { setPicked, viewState } from "#components/studio/view-state.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { type SlashChoice, slashChoices } from "./slash.ts";
import { SLASH_LIST_ID, SlashList, slashOptionId } from "./slash-list.tsx";
import { useHistory } from "./use-history.ts";

type PromptBoxProps = {
  client: RoomClient;
  context: CommandContext;
  text: string;
  onText(text: string): void;
  onSend(): void;
  /** ⌘Z while it is on its way. Whether there was something to take back. */
  onTakeBack(): boolean;
  onFocus(): void;
  placeholder: string;
  isSending: boolean;
};

/** One line that grows: ⏎ sends, ⇧⏎ is a new line, ↑ is what was asked before, "/" lists commands. */
export function PromptBox({ client, context, text, onText, onSend, ...box }: PromptBoxProps) {
  const history = useHistory(client);
  const slash = useSlash(text, context, onText);

  function onKey(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    if (slash.onKey(event)) return event.preventDefault();
    if (isUndoKey(event) && box.onTakeBack()) return event.preventDefault();
    // With ⌘ or Ctrl it is a command (components/commands).
    if (event.key === "Enter" && !event.shiftKey && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      history.leave();
      onSend();
    } else if (isHistoryKey(event) && (text === "" || history.isBrowsing)) {
      event.preventDefault();
      onText(history.move(event.key === "ArrowUp" ? -1 : 1));
    } else if (event.key === "Backspace" && isAtStart(event.currentTarget)) {
      const { picked } = viewState.get();
      if (picked.length > 0) setPicked(picked.slice(0, -1));
    }
  }

  return (
    <div className="relative">
      {slash.choices.length > 0 ? (
        <SlashList choices={slash.choices} at={slash.at} onChoose={slash.choose} />
      ) : null}
      <label htmlFor="prompt" className="sr-only">
        Prompt
      </label>
      <textarea
        id="prompt"
        rows={1}
        className={`field max-h-40 text-base [field-sizing:content] ${box.isSending ? "text-ink-2" : ""}`}
        placeholder={box.placeholder}
        value={text}
        aria-busy={box.isSending}
        aria-autocomplete="list"
        aria-controls={slash.choices.length > 0 ? SLASH_LIST_ID : undefined}
        aria-activedescendant={slash.choices.length > 0 ? slashOptionId(slash.at) : undefined}
        onChange={(event) => {
          history.leave();
          onText(event.target.value);
        }}
        onFocus={box.onFocus}
        onKeyDown={onKey}
      />
    </div>
  );
}

function isHistoryKey({ key, altKey, metaKey, ctrlKey, shiftKey }: KeyboardEvent): boolean {
  return (key === "ArrowUp" || key === "ArrowDown") && !altKey && !metaKey && !ctrlKey && !shiftKey;
}

function isUndoKey({ key, metaKey, ctrlKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === "z" && (metaKey || ctrlKey) && !altKey && !shiftKey;
}

function isAtStart({ selectionStart, selectionEnd }: HTMLTextAreaElement): boolean {
  return selectionStart === 0 && selectionEnd === 0;
}

type Slash = {
  choices: SlashChoice[];
  at: number;
  choose(choice: SlashChoice): void;
  /** Whether it was a key of the list. */
  onKey(event: KeyboardEvent): boolean;
};

/** The list of commands over the box: there while the text is the beginning of one, away after Esc until the text changes. */
function useSlash(text: string, context: CommandContext, onText: (text: string) => void): Slash {
  const [mark, setMark] = useState({ text: "", at: 0, isClosed: false });
  const isMarked = mark.text === text;
  const choices = isMarked && mark.isClosed ? [] : slashChoices(text, context);
  const index = isMarked ? Math.min(mark.at, choices.length - 1) : 0;
  const moveTo = (at: number) =>
    setMark({ text, at: (at + choices.length) % choices.length, isClosed: false });

  const choose = ({ name, command, argument, isPossible }: SlashChoice) => {
    if (command.argument && argument === "") return onText(`/${name} `);
    if (!isPossible) return;
    onText("");
    command.run(context, argument);
  };
  const onKey = ({ key, shiftKey }: KeyboardEvent) => {
    const choice = choices[index];
    if (!choice) return false;
    if (key === "ArrowDown") moveTo(index + 1);
    else if (key === "ArrowUp") moveTo(index - 1);
    else if (key === "Escape") setMark({ text, at: 0, isClosed: true });
    else if (key === "Tab" && !shiftKey && text !== `/${choice.name}`) onText(`/${choice.name}`);
    else if (key === "Enter" && !shiftKey) choose(choice);
    else return false;
    return true;
  };
  return { choices, at: index, choose, onKey };
}
