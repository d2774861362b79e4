"use client";
import { type CSSProperties, useEffect, useLayoutEffect, useMemo } from "react";
import { warmCode } from "#components/code/code-drawer.tsx";
import { CommandDialogs } from "#components/commands/command-dialogs.tsx";
import { useKeys } from "#components/commands/use-keys.ts";
import { PromptBar } from "#components/prompt/prompt-bar.tsx";
import { SettingsHost } from "#components/settings/settings-host.tsx";
import { Toaster } from "#components/ui/toaster.tsx";
import { endOffer } from "#components/variant/same-text.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import { useStore } from "#lib/client/use-store.ts";
import { guardFocus } from "#lib/preview/focus-guard.ts";
import type { CommitId, VariantId } from "#lib/project/ids.ts";
import type { Network } from "#lib/project/network.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";
import { CompareBar } from "./compare-bar.tsx";
import { ConnectionStrip } from "./connection-strip.tsx";
import { EndedPage } from "./ended-page.tsx";
import { followDrags } from "./follow-drags.ts";
import { Header } from "./header.tsx";
import { hopes, withHopes } from "./hopes.ts";
import { keepView } from "./kept-view.ts";
import { LightTable } from "./light-table.tsx";
import { LyingPhone } from "./lying-phone.tsx";
import { OpenedCode } from "./opened-code.tsx";
import { restore } from "./restore.ts";
import { StatusLine } from "./status-line.tsx";
import { TellPlace } from "./tell-place.tsx";
import { LookBackLine } from "./time-line.tsx";
import { TurnsButton, TurnsRail } from "./turns-rail.tsx";
import { type LookBack, useLookBack } from "./use-look-back.ts";
import { useTable } from "./use-table.ts";
import { variantActions } from "./variant-actions.ts";
import { VariantTabs } from "./variant-tabs.tsx";
import { resetView, toggleChrome, useView } from "./view-state.ts";
import { WaitingTable } from "./waiting-table.tsx";

type StudioProps = {
  client: RoomClient;
  title: string;
  panes: number;
  /** Before the room is joined: the frames boot with the right policy at once. */
  firstNetwork: Network | null;
  listsProjects: boolean;
};

/** Three sheets on a light table, the turns beside them, the prompt in front. How they stand is in view-state.ts. */
export function Studio({ client, title, panes, firstNetwork, listsProjects }: StudioProps) {
  const ended = useRoom(client, (room) => room.ended);
  const stored = useRoom(client, (room) => room.variants);
  const hoped = useStore(hopes, ({ list }) => list);
  const variants = useMemo(() => withHopes(stored, hoped), [stored, hoped]);
  const network = useRoom(client, (room) => (room.project ? room.project.network : firstNetwork));
  const role = useRoom(client, (room) => room.role);
  const turns = useRoom(client, (room) => room.turns);
  const showsChrome = useView((state) => state.showsChrome);
  const drawer = useView((state) => state.drawer);
  const isRestored = useView((state) => state.isRestored);
  const table = useTable(variants, panes);
  const lookBack = useLookBack(client, turns, table.shown);
  const actions = useMemo(() => variantActions(client), [client]);
  const mayEdit = role === "edit" || role === "owner";
  useEffect(guardFocus, []);
  useEffect(followDrags, []);
  useEffect(warmCode, []);
  // Before anything of this page is painted by hand: the sheets go to their places once.
  useLayoutEffect(() => {
    const stop = keepView(location.pathname);
    return () => {
      stop();
      resetView();
      endOffer();
    };
  }, []);
  const context = { client, shown: table.shown, mayEdit, listsProjects, lookBack, ...actions };
  useKeys(context);

  if (ended) return <EndedPage ended={ended} />;
  const isWaiting = variants.length === 0;
  if (isWaiting && panes === 0) return <WaitingTable title={title} />;
  return (
    <div
      data-chrome={showsChrome ? undefined : "off"}
      data-restored={isRestored ? "" : undefined}
      className="studio flex h-dvh flex-col overflow-hidden"
      style={drawer === null ? undefined : ({ "--drawer-chosen": `${drawer}px` } as CSSProperties)}
    >
      <a href="#prompt" className="sr-only-focusable button button-solid absolute top-1 left-1 z-50">
        Go to prompt
      </a>
      <Header client={client} firstTitle={title} mayEdit={mayEdit} count={table.shown.length}>
        <TurnsButton {...{ client, table, mayEdit, lookBack, actions }} />
      </Header>
      <ConnectionStrip client={client} />
      <CompareBar client={client} shown={table.shown} history={lookBack.history} />
      <LookBackLine lookBack={lookBack} mayEdit={mayEdit} onRestore={() => restoreAll(client, lookBack)} />
      <div className="relative flex min-h-0 flex-1">
        <TurnsRail {...{ client, table, mayEdit, lookBack, actions }} />
        <LyingPhone shown={table.shown} />
        <VariantTabs shown={table.shown} />
        <LightTable {...{ client, table, isWaiting, network, mayEdit, lookBack, actions }} />
        <TellPlace client={client} shown={table.shown} />
        <OpenedCode client={client} shown={table.shown} mayEdit={mayEdit} />
      </div>
      {mayEdit || role === null ? (
        <PromptBar client={client} shown={table.shown} context={context} />
      ) : (
        <ReadOnly />
      )}
      {showsChrome ? null : <ShowChrome />}
      <Toaster />
      <StatusLine client={client} shown={table.shown} />
      <CommandDialogs context={context} />
      <SettingsHost />
    </div>
  );
}

/** What is looked at becomes what is: in each variant a turn of its own, and then it is now again. */
function restoreAll(client: RoomClient, { at, look }: LookBack): void {
  const { variants } = client.getSnapshot();
  const isThere = (variantId: VariantId, commitId: CommitId) =>
    variants.some((variant) => variant.id === variantId && variant.headCommitId === commitId);
  void restore(
    client,
    [...(at?.commits ?? [])].filter((place) => !isThere(...place)),
  );
  look(null);
}

function ReadOnly() {
  return (
    <p className="fixed inset-x-0 bottom-0 bg-raised px-4 py-3 text-center text-sm text-ink-2">
      {sentenceOf("read-only")}
    </p>
  );
}

/** The way back for who has no keyboard. */
function ShowChrome() {
  return (
    <button
      type="button"
      className="button button-line fixed right-3 bottom-3 z-20 bg-sheet"
      title="Show everything again (⌘. or Esc)"
      onClick={toggleChrome}
    >
      Show controls
    </button>
  );
}
