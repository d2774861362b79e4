"use client";
import { type KeyboardEvent, useState } from "react";
import { chordOf, isMac, isSingle, shown } from "#components/commands/chord.ts";
import { chooseKey, conflictOf, switchSingles, useKeyMap } from "#components/commands/key-map.ts";
import { commands } from "#components/commands/table.ts";
import { type Command, groups } from "#components/commands/types.ts";

/** Every command with its key: press its button, then the key that it shall have. */
export function Shortcuts() {
  const keys = useKeyMap();
  const [listening, setListening] = useState<string | null>(null);
  return (
    <div>
      <label className="flex cursor-pointer items-baseline gap-2">
        <input
          type="checkbox"
          className="translate-y-px accent-(--ink)"
          checked={!keys.singlesOff}
          onChange={(event) => switchSingles(!event.target.checked)}
        />
        <span>
          <span className="font-medium">Single keys</span>{" "}
          <span className="text-ink-3">such as K or 1, while nothing is typed</span>
        </span>
      </label>
      {groups.map((group) => (
        <section key={group} className="mt-4">
          <h3 className="text-xs text-ink-3">{group}</h3>
          <ul className="mt-1 divide-y divide-line">
            {commands
              .filter((command) => command.group === group && command.id !== "back")
              .map((command) => (
                <KeyRow
                  key={command.id}
                  command={command}
                  isListening={listening === command.id}
                  onListen={(on) => setListening(on ? command.id : null)}
                />
              ))}
          </ul>
        </section>
      ))}
      <p className="mt-4 text-xs text-ink-3">Kept in this browser. Esc always closes and stops.</p>
    </div>
  );
}

type KeyRowProps = { command: Command; isListening: boolean; onListen(on: boolean): void };

function KeyRow({ command: { id, title }, isListening, onListen }: KeyRowProps) {
  const keys = useKeyMap();
  const [problem, setProblem] = useState<string | null>(null);
  const chord = keys.of(id);
  const isOff = chord !== null && keys.singlesOff && isSingle(chord);
  const mac = isMac();

  function onKeyDown(event: KeyboardEvent) {
    if (!isListening || event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    const pressed = chordOf(event.nativeEvent, mac);
    if (pressed === null) return;
    onListen(false);
    if (pressed === "escape") return setProblem(null);
    const conflict = conflictOf(id, pressed);
    setProblem(conflict);
    if (!conflict) chooseKey(id, pressed);
  }
  return (
    <li className="flex flex-wrap items-center gap-x-2 py-1">
      <span className="min-w-0 flex-1 truncate">{title}</span>
      {keys.isChosen(id) ? (
        <button
          type="button"
          className="button button-small"
          aria-label={`Reset the key of ${title}`}
          onClick={() => {
            chooseKey(id, undefined);
            setProblem(null);
          }}
        >
          Reset
        </button>
      ) : null}
      {chord !== null ? (
        <button
          type="button"
          className="button button-small"
          aria-label={`Take the key of ${title} away`}
          onClick={() => chooseKey(id, null)}
        >
          ×
        </button>
      ) : null}
      <button
        type="button"
        className={`button button-small min-w-28 font-mono ${chord === null && !isListening ? "font-normal text-ink-3" : "button-line"} ${isOff ? "line-through" : ""}`}
        aria-label={`Key of ${title}: ${isListening ? "press it now" : chord === null ? "none" : shown(chord, mac)}`}
        aria-pressed={isListening}
        data-listening={isListening ? "" : undefined}
        onClick={() => onListen(!isListening)}
        onKeyDown={onKeyDown}
        onBlur={() => isListening && onListen(false)}
      >
        {isListening ? "Press a key" : chord === null ? "none" : shown(chord, mac)}
      </button>
      {problem ? (
        <p role="alert" className="w-full text-right text-xs text-bad">
          {problem}
        </p>
      ) : null}
    </li>
  );
}
