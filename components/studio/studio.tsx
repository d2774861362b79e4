"use client";
import { type CSSProperties, useEffect, useMemo, useState } from "react";
import { KeySheet } from "#components/commands/key-sheet.tsx";
import { useOffer } from "#components/commands/offers.ts";
import { useKeys } from "#components/commands/use-keys.ts";
import { PromptBar } from "#components/prompt/prompt-bar.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { CodeDrawer, type CodePlace } from "#components/variant/code-drawer.tsx";
import { VariantArticle } from "#components/variant/variant-article.tsx";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import { guardFocus } from "#lib/preview/focus-guard.ts";
import type { TurnId, VariantId } from "#lib/project/ids.ts";
import type { Network } from "#lib/project/network.ts";
import type { Variant } from "#lib/project/rows.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";
import { Header } from "./header.tsx";
import { StatusLine } from "./status-line.tsx";
import { setNumbersOf, variantsOfSet } from "./table.ts";
import { LookBackLine } from "./time-line.tsx";
import { TurnsRail } from "./turns-rail.tsx";
import { type LookBack, useLookBack } from "./use-look-back.ts";

type StudioProps = {
  client: RoomClient;
  title: string;
  panes: number;
  /** Before the room is joined: the frames boot with the right policy at once. */
  firstNetwork: Network | null;
};

/** Three sheets on a light table, the turns beside them, the prompt in front. */
export function Studio({ client, title, panes, firstNetwork }: StudioProps) {
  const status = useRoom(client, (room) => room.status);
  const ended = useRoom(client, (room) => room.ended);
  const storing = useRoom(client, (room) => room.storing);
  const variants = useRoom(client, (room) => room.variants);
  const network = useRoom(client, (room) => (room.project ? room.project.network : firstNetwork));
  const role = useRoom(client, (room) => room.role);
  const table = useTable(variants, panes);
  const [focus, setFocus] = useState<number | null>(null);
  const [tab, setTab] = useState(0);
  const [target, setTarget] = useState<VariantId | null>(null);
  const [code, setCode] = useState<CodePlace | null>(null);
  const [sheet, setSheet] = useState(false);
  const mayEdit = role === "edit" || role === "owner";
  const turns = useRoom(client, (room) => room.turns);
  const lookBack = useLookBack(client, turns, table.shown);
  const targeted = table.shown.some((variant) => variant.id === target) ? target : null;
  useEffect(guardFocus, []);
  const looksAt = table.shown[focus ?? (isNarrow() ? tab : -1)]?.id ?? null;
  // The code editor says more exactly where one is, while it is open.
  useEffect(() => {
    if (!code) client.place({ variantId: looksAt, path: null, anchor: null, head: null });
  }, [client, looksAt, code]);

  const actions = useMemo(
    () => ({
      fork: (variantId: VariantId) =>
        client.command("fork", { variantId, variantIds: [0, 1, 2].map(() => newId<VariantId>()) }),
      keep: (variant: Variant) =>
        client.command("keep", { variantId: variant.id, kept: variant.keptAt === null }),
      rename: (variantId: VariantId | null, name: string) => client.command("rename", { variantId, name }),
    }),
    [client],
  );
  const codeId = looksAt ?? targeted ?? table.shown[0]?.id ?? null;
  useOffer("code", () => setCode(code || !codeId ? null : { variantId: codeId }), codeId !== null);
  useOffer("sheet", () => setSheet(true));
  useKeys({ client, shown: table.shown, focus, setFocus, mayEdit, lookBack, ...actions });

  if (ended === "old-client") return <OldPage />;
  if (ended) return <Ended sentence={sentenceOf(ended)} />;
  const isWaiting = variants.length === 0;
  if (isWaiting && panes === 0) return <Waiting title={title} />;
  const opened = table.shown.find((variant) => variant.id === code?.variantId) ?? null;
  return (
    <div
      className={`flex h-dvh flex-col overflow-hidden ${opened ? "min-[800px]:[--drawer:min(30rem,45vw)]" : ""}`}
    >
      <a href="#prompt" className="sr-only-focusable button button-solid absolute top-1 left-1 z-50">
        Go to prompt
      </a>
      <Header
        client={client}
        firstTitle={title}
        focus={focus}
        onFocus={setFocus}
        mayEdit={mayEdit}
        onRename={(name) => void actions.rename(null, name)}
      />
      {status === "reconnecting" ? <Reconnecting /> : null}
      {status === "live" && storing ? <NotStored sentence={sentenceOf(storing)} /> : null}
      <LookBackLine lookBack={lookBack} mayEdit={mayEdit} onRestore={() => restoreAll(client, lookBack)} />
      <div className="relative flex min-h-0 flex-1">
        <TurnsRail client={client} table={table} mayEdit={mayEdit} lookBack={lookBack} />
        <Tabs shown={table.shown} tab={tab} onTab={setTab} />
        <main
          className="grid min-h-0 min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-3 p-3 pt-1 pb-32 max-[799px]:pt-12 max-[799px]:pb-36 min-[800px]:grid-cols-(--columns)"
          style={{ "--columns": columnsOf(isWaiting ? panes : table.shown.length, focus) } as CSSProperties}
          data-view={focus === null ? "three" : "focus"}
        >
          {Array.from({ length: table.panes }, (_, position) => (
            <VariantArticle
              // Frames belong to positions: they outlive the variants they show.
              key={position}
              client={client}
              variant={table.shown[position] ?? null}
              stored={table.shown[position] ? lookBack.stored(table.shown[position].id) : null}
              isWaiting={isWaiting}
              position={position}
              network={network}
              mayEdit={mayEdit}
              hiddenOnPhone={position !== tab}
              isSmall={focus !== null && focus !== position}
              isFocused={focus === position}
              onFork={actions.fork}
              onKeep={actions.keep}
              onRename={actions.rename}
              onCode={(variantId) => setCode(code?.variantId === variantId ? null : { variantId })}
              onShow={setCode}
            />
          ))}
        </main>
        {opened && code ? (
          <CodeDrawer
            client={client}
            variant={opened}
            place={code}
            readOnly={!mayEdit}
            onClose={() => setCode(null)}
          />
        ) : null}
      </div>
      {mayEdit || role === null ? (
        <PromptBar client={client} shown={table.shown} target={targeted} onTarget={setTarget} />
      ) : (
        <p className="fixed inset-x-0 bottom-0 bg-raised px-4 py-3 text-center text-sm text-ink-2">
          {sentenceOf("read-only")}
        </p>
      )}
      <StatusLine client={client} shown={table.shown} />
      <KeySheet open={sheet} onOpenChange={setSheet} />
    </div>
  );
}

/** What is looked at becomes what is: in each variant a turn of its own, and then it is now again. */
function restoreAll(client: RoomClient, { at, look }: LookBack): void {
  const { variants } = client.getSnapshot();
  for (const [variantId, commitId] of at?.commits ?? []) {
    const isThere = variants.some((variant) => variant.id === variantId && variant.headCommitId === commitId);
    if (!isThere) void client.command("restore", { variantId, commitId, turnId: newId<TurnId>() });
  }
  look(null);
}

export type TableState = {
  sets: number[];
  set: number;
  shown: Variant[];
  /** Frames that exist: as many as the largest set has variants. */
  panes: number;
  choose(set: number): void;
};

/** Whoever looks at the newest set moves on when a newer one comes. */
function useTable(variants: Variant[], atFirst: number): TableState {
  const [chosen, setChosen] = useState<number | null>(null);
  return useMemo(() => {
    const sets = setNumbersOf(variants);
    const newest = sets.at(-1) ?? 1;
    const set = chosen !== null && sets.includes(chosen) ? chosen : newest;
    const panes = Math.max(
      variants.length === 0 ? atFirst : 0,
      ...sets.map((each) => variantsOfSet(variants, each).length),
    );
    return {
      sets,
      set,
      shown: variantsOfSet(variants, set),
      panes,
      choose: (each: number) => setChosen(each === newest ? null : each),
    };
  }, [variants, chosen, atFirst]);
}

/** Columns on wide screens; one large and small ones beside it in focus. The nodes stay the same. */
function columnsOf(count: number, focus: number | null): string {
  if (focus === null) return `repeat(${count}, minmax(0, 1fr))`;
  return Array.from({ length: count }, (_, position) =>
    position === focus ? "minmax(0, 1fr)" : "9rem",
  ).join(" ");
}

/** One variant at a time is shown there. */
function isNarrow(): boolean {
  return typeof innerWidth === "number" && innerWidth < 800;
}

function Tabs({ shown, tab, onTab }: { shown: Variant[]; tab: number; onTab: (tab: number) => void }) {
  return (
    <div
      className="absolute inset-x-3 top-0 z-10 flex gap-2 min-[800px]:hidden"
      role="tablist"
      aria-label="Variants"
    >
      {shown.map((variant, position) => (
        <button
          key={variant.id}
          type="button"
          role="tab"
          aria-selected={tab === position}
          data-v={variant.letter.toLowerCase()}
          className={`flex h-11 min-w-0 flex-1 items-center justify-center gap-2 rounded-sm px-2 text-sm ${tab === position ? "bg-sheet shadow-sheet" : "text-ink-2"}`}
          onClick={() => onTab(position)}
        >
          <span className="badge">{variant.letter}</span>
          <span className="truncate">{variant.name || `Variant ${variant.letter}`}</span>
        </button>
      ))}
    </div>
  );
}

function Waiting({ title }: { title: string }) {
  return (
    <div className="flex h-dvh flex-col">
      <p className="flex h-11 items-center px-4 text-sm font-medium">{title}</p>
      <div className="grid flex-1 grid-cols-1 gap-3 p-3 pb-32 min-[800px]:grid-cols-3" aria-hidden="true">
        {["a", "b", "c"].map((letter) => (
          <div
            key={letter}
            data-v={letter}
            className="rounded-md border-t-2 bg-sheet shadow-sheet max-[799px]:[&:not(:first-child)]:hidden"
            style={{ borderTopColor: "var(--v)" }}
          />
        ))}
      </div>
    </div>
  );
}

function Reconnecting() {
  return (
    <p className="bg-raised px-4 py-1.5 text-xs text-warn">
      Offline: your edits are kept in this page and go to the server when it is back.
    </p>
  );
}

/** The server is there, but can store nothing: its disk is full, or its database is away. */
function NotStored({ sentence }: { sentence: string }) {
  return (
    <p role="status" className="bg-raised px-4 py-1.5 text-xs text-warn">
      {sentence}
    </p>
  );
}

/** The server was updated while this page was open. What was not stored lies on this device and is sent after the reload. */
function OldPage() {
  const action = { label: "Reload", run: () => location.reload() };
  return <Notice title="A new version is ready" text={sentenceOf("old-client")} action={action} />;
}

function Ended({ sentence }: { sentence: string }) {
  return (
    <main className="mx-auto flex h-dvh max-w-md flex-col justify-center gap-4 p-6">
      <h1 className="font-display text-4xl">This room is closed to this page</h1>
      <p className="text-base text-ink-2">{sentence}</p>
      <a className="button button-line self-start" href="/">
        Start page
      </a>
    </main>
  );
}
