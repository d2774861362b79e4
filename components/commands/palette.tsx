"use client";
import { Command as Combobox } from "cmdk";
import { type KeyboardEvent, memo, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { closeDialog } from "#components/studio/view-state.ts";
import { useProjects } from "#lib/client/query.ts";
import { chordOf, isMac, shown } from "./chord.ts";
import { KeptDialog, staysClosed } from "./kept-dialog.tsx";
import { Key } from "./key.tsx";
import { actingKey, keysNow } from "./key-map.ts";
import { type Entry, entriesOf, type Section } from "./palette-entries.ts";
import { searched } from "./palette-search.ts";
import type { Command, CommandContext } from "./types.ts";

type PaletteProps = { isOpen: boolean; context: CommandContext };

/** Every command, variant, turn and recent project, by typing. Nothing in it has a key of its own: what acts is the table. */
function Palette({ isOpen, context }: PaletteProps) {
  const chosen = useRef<(() => unknown) | null>(null);
  /** Somebody went down the list: only made anew it begins at the top again, also for who hears it. That costs the next opening 10 ms. */
  const isWalked = useRef(false);
  const [walks, setWalks] = useState(0);
  const run = (act: () => unknown) => {
    chosen.current = act;
    closeDialog();
  };
  const onClosed = () => {
    const act = chosen.current;
    chosen.current = null;
    if (isWalked.current) setWalks((count) => count + 1);
    isWalked.current = false;
    // When all of the page has heard that it is closed.
    if (act) queueMicrotask(act);
  };
  const onWalk = () => {
    isWalked.current = true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (chordOf(event, isMac()) !== keysNow().of("palette")) return;
    event.preventDefault();
    closeDialog();
  };
  return (
    <KeptDialog
      isOpen={isOpen}
      title="All commands"
      className="top-[10vh] w-[min(38rem,calc(100vw-1rem))] overflow-hidden"
      onKeyDown={onKeyDown}
      onClosed={onClosed}
    >
      <Choices key={walks} isOpen={isOpen} context={context} onRun={run} onWalk={onWalk} />
    </KeptDialog>
  );
}

export default memo(Palette, staysClosed);

type ChoicesProps = PaletteProps & { onRun(act: () => unknown): void; onWalk(): void };

function Choices({ isOpen, context, onRun, onWalk }: ChoicesProps) {
  const [search, setSearch] = useState("");
  const [asked, setAsked] = useState<Command | null>(null);
  const { data, refetch } = useProjects(context.listsProjects);
  const projects = data?.projects;
  // Anew at each opening: what is possible depends on more than the context (table.ts).
  const sections = useMemo(() => entriesOf(context, projects ?? []), [context, projects, isOpen]);
  const found = asked ? argumentsOf(asked, search) : searched(sections, search);
  const [chosen, setChosen] = useState("");
  const ids = found.flatMap(({ entries }) => entries.map(({ id }) => id));
  const ask = (command: Command | null) => {
    setAsked(command);
    setSearch("");
    setChosen("");
  };
  // What was typed goes when it is closed, so that the next opening shows all at once.
  useEffect(() => {
    if (isOpen) return;
    setAsked(null);
    setSearch("");
    setChosen("");
  }, [isOpen]);
  useEffect(() => {
    if (isOpen && context.listsProjects) void refetch();
  }, [isOpen, context.listsProjects, refetch]);
  const choose = (entry: Entry) => {
    if (asked) onRun(() => asked.run(context, entry.title));
    else if (entry.argument) ask(entry.command ?? null);
    else onRun(entry.run);
  };
  return (
    <Combobox
      label={asked?.argument?.title ?? "Type a command"}
      // Ours puts the best match first over all groups.
      shouldFilter={false}
      value={ids.includes(chosen) ? chosen : (ids[0] ?? "")}
      onValueChange={setChosen}
      vimBindings={false}
      loop
      onKeyDown={(event) => {
        if (event.key.startsWith("Arrow")) onWalk();
        if (asked && event.key === "Backspace" && search === "") ask(null);
      }}
    >
      <div className="border-b border-line px-4">
        <Combobox.Input
          className="field h-12 text-base"
          placeholder={asked?.argument?.title ?? "Type a command, a turn or a project"}
          value={search}
          onValueChange={(typed) => {
            setSearch(typed);
            setChosen("");
          }}
        />
      </div>
      <Combobox.List
        label="Commands"
        onScroll={onWalk}
        className="max-h-[min(26rem,60vh)] scroll-py-2 overflow-y-auto overscroll-contain p-2"
      >
        <Combobox.Empty className="px-2 py-6 text-center text-sm text-ink-3">
          Nothing is called that. Esc closes.
        </Combobox.Empty>
        {found.map((section) => (
          <SectionRows key={section.title} section={section} onChoose={choose} />
        ))}
      </Combobox.List>
    </Combobox>
  );
}

const HEADING =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3";

function SectionRows({ section, onChoose }: { section: Section; onChoose(entry: Entry): void }) {
  return (
    <Combobox.Group heading={section.title} className={HEADING}>
      {section.entries.map((entry) => (
        <Row key={entry.id} id={entry.id} onChoose={() => onChoose(entry)}>
          <span className="min-w-0 flex-1 truncate">{entry.title}</span>
          {entry.note ? <span className="tnum flex-none text-xs text-ink-3">{entry.note}</span> : null}
          <KeyOf command={entry.command} />
        </Row>
      ))}
    </Combobox.Group>
  );
}

/** The known words that fit, and what was typed itself. */
function argumentsOf({ argument }: Command, typed: string): Section[] {
  const words = (argument?.choices ?? []).filter((word) =>
    word.toLowerCase().includes(typed.trim().toLowerCase()),
  );
  const all = words.length > 0 || typed.trim() === "" ? words : [typed.trim()];
  const entries = all.map((word) => ({ id: word, title: word, words: [], run: () => {} }));
  return [{ title: argument?.title ?? "", entries }];
}

type RowProps = { id: string; onChoose(): void; children: ReactNode };

function Row({ id, onChoose, children }: RowProps) {
  return (
    <Combobox.Item
      value={id}
      onSelect={onChoose}
      // Rows below the edge are not styled before they come into view.
      className="flex h-9 cursor-pointer items-center gap-3 rounded-r-sm px-2 text-sm [content-visibility:auto] [contain-intrinsic-block-size:2.25rem] data-[selected=true]:bg-raised data-[selected=true]:shadow-[inset_2px_0_0_var(--ink)]"
    >
      {children}
    </Combobox.Item>
  );
}

function KeyOf({ command }: { command?: Command | undefined }) {
  const chord = command ? actingKey(keysNow(), command.id) : null;
  return chord === null ? null : <Key words={shown(chord, isMac())} />;
}
