"use client";
import { useEffect, useRef, useState } from "react";
import { CodePeek } from "#components/code/code-peek.tsx";
import { useAutoFix } from "#components/prompt/use-auto-fix.ts";
import { registerFrame } from "#components/studio/frames.ts";
import { lastTurnOf, runningTurnOf } from "#components/studio/table.ts";
import type { CodePlace } from "#components/studio/view-state.ts";
import type { ReplicaOfFiles } from "#lib/client/replica.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { Trace } from "#lib/client/trace.ts";
import { useRoom } from "#lib/client/use-room.ts";
import {
  type LaneStep,
  PreviewFrame,
  type PreviewHandle,
  type PreviewState,
} from "#lib/preview/preview-frame.tsx";
import type { PreviewError } from "#lib/preview/protocol.ts";
import type { VariantId } from "#lib/project/ids.ts";
import { letterOf } from "#lib/project/letters.ts";
import type { Network } from "#lib/project/network.ts";
import type { Turn, Variant } from "#lib/project/rows.ts";
import { ErrorStrip } from "./error-strip.tsx";
import { FrameStrip } from "./frame-strip.tsx";
import { NetworkLine } from "./network-line.tsx";
import { PageIssues } from "./page-issues.tsx";
import { PeopleHere } from "./people-here.tsx";
import { ScaledSheet } from "./scaled-sheet.tsx";
import { Timings } from "./timings.tsx";
import { TurnStrip } from "./turn-strip.tsx";
import { type Hand, useHand } from "./use-hand.ts";

export type VariantArticleProps = {
  client: RoomClient;
  /** Null before the room is joined, and while the shown set has none at this position; the frame stays. */
  variant: Variant | null;
  /** A version of it that is looked back at; the document goes on meanwhile. */
  stored: ReplicaOfFiles | null;
  isWaiting: boolean;
  position: number;
  /** What the project's previews may reach. */
  network: Network | null;
  mayEdit: boolean;
  hiddenOnPhone: boolean;
  isSmall: boolean;
  isFocused: boolean;
  onFork(variantId: VariantId): unknown;
  onKeep(variant: Variant): unknown;
  onRename(variantId: VariantId, name: string): unknown;
  onCode(variantId: VariantId): void;
  /** Opens a line of the code. */
  onShow(place: CodePlace): void;
};

/** Ten repaints a second are enough for what stands in the corner. */
const CORNER_PACE_MS = 100;

/** One sheet on the table: head line, running page, and what went wrong. */
export function VariantArticle(props: VariantArticleProps) {
  const { client, variant, stored, isWaiting, position, network, hiddenOnPhone, isSmall } = props;
  // A link to one variant shows it alone, under its own letter.
  const letter = variant?.letter ?? letterOf(position);
  const turns = useRoom(client, (room) => room.turns);
  const [error, setError] = useState<PreviewError | null>(null);
  const [life, setLife] = useState<PreviewState>("starting");
  const [isBusy, setBusy] = useState(false);
  const frame = useRef<PreviewHandle>(null);
  useEffect(() => (frame.current ? registerFrame(position, frame.current) : undefined), [position]);
  useRetryWhenAdded(client, error, frame);
  const running = variant ? runningTurnOf(turns, variant.id) : null;
  const last = variant ? lastTurnOf(turns, variant.id) : null;
  useAutoFix(client, { last, error, mayEdit: props.mayEdit });
  const document = stored?.document ?? (variant && client.document(variant.id));
  const drafts = stored?.drafts ?? (variant && client.drafts(variant.id));
  const state = stateOf(running, error, life);
  const hand = useHand({
    variantId: variant?.id ?? null,
    document: stored ? null : document,
    ...{ position, mayEdit: props.mayEdit, isWriting: running !== null, frame },
  });
  return (
    <article
      aria-label={`Variant ${letter}`}
      data-state={state}
      data-v={letter.toLowerCase()}
      className={`@container flex min-h-0 min-w-0 flex-col ${hiddenOnPhone ? "max-[799px]:hidden" : ""} ${variant || isWaiting ? "" : "hidden"}`}
    >
      {variant ? (
        <HeadLine {...props} variant={variant} running={running} last={last} hand={hand} frame={frame} />
      ) : (
        <div className="h-9 flex-none" />
      )}
      <div className="relative flex min-h-0 flex-1 flex-col overflow-hidden rounded-md bg-sheet shadow-sheet ring-1 ring-line">
        <ProgressLine isWriting={running !== null} />
        <ScaledSheet>
          <PreviewFrame
            ref={frame}
            pane={position}
            letter={letter}
            network={network?.token ?? null}
            document={document}
            drafts={drafts}
            streaming={running !== null && stored === null}
            pace={isSmall ? CORNER_PACE_MS : 0}
            mode={hand.mode}
            onPage={hand.onPage}
            onError={setError}
            onState={setLife}
            onBusy={setBusy}
            onStep={(step) => variant && follow(client.trace, variant.id, step)}
          />
        </ScaledSheet>
        {hand.note ? (
          <FrameStrip isAlert words={hand.note} action="Understood" onAct={hand.dropNote} />
        ) : null}
        <NetworkLine network={network} />
        {running && drafts && !isSmall && !stored ? <CodePeek drafts={drafts} /> : null}
        {variant && !isSmall ? (
          <Strips
            {...props}
            variant={variant}
            state={state}
            error={error}
            life={life}
            isBusy={isBusy}
            frame={frame}
            last={last}
          />
        ) : null}
      </div>
    </article>
  );
}

function follow(trace: Trace, variantId: VariantId, step: LaneStep): void {
  switch (step.type) {
    case "handed":
      return trace.handed(variantId, step.seq);
    case "triptych:applied":
      return trace.compiled(variantId, {
        ...step,
        isWhole: step.result === "ok" || step.result === "healed",
      });
    case "triptych:painted":
      return trace.painted(variantId, step);
    default:
      step satisfies never;
  }
}

/** A package was added, here or by somebody else: a page that lacked one tries again. */
function useRetryWhenAdded(
  client: RoomClient,
  error: PreviewError | null,
  frame: { current: PreviewHandle | null },
): void {
  const added = useRoom(client, (room) => room.addedPackages);
  const seen = useRef(added);
  useEffect(() => {
    if (seen.current === added) return;
    seen.current = added;
    if (error?.unknownImport) frame.current?.reload();
  }, [added, error, frame]);
}

function stateOf(
  running: Turn | null,
  error: PreviewError | null,
  life: PreviewState,
): "idle" | "writing" | "error" | "hung" {
  if (life === "hung" || life === "stopped") return "hung";
  if (running) return "writing";
  return error ? "error" : "idle";
}

type HeadLineProps = VariantArticleProps & {
  variant: Variant;
  running: Turn | null;
  last: Turn | null;
  hand: Hand;
  frame: { current: PreviewHandle | null };
};

function HeadLine({
  client,
  variant,
  running,
  last,
  mayEdit,
  isSmall,
  onFork,
  onKeep,
  onRename,
  onCode,
  hand,
  frame,
}: HeadLineProps) {
  const isKept = variant.keptAt !== null;
  // Steps back have no model in them, and so no speed.
  const turn = running ?? (last?.timings ? last : null);
  return (
    <div className="flex h-9 flex-none items-center gap-2 px-0.5">
      <span className="badge" aria-hidden="true">
        {isKept ? "✓" : variant.letter}
      </span>
      <VariantName variant={variant} mayEdit={mayEdit} onRename={onRename} />
      <PeopleHere client={client} variantId={variant.id} />
      {isSmall ? null : (
        <>
          {turn ? <Timings client={client} variant={variant} turn={turn} /> : null}
          <PageIssues
            client={client}
            variant={variant}
            issues={hand.issues}
            frame={frame}
            mayEdit={mayEdit}
          />
          {mayEdit ? (
            <span
              className="flex flex-none gap-0.5 @max-[18rem]:gap-0 @max-[18rem]:*:px-1"
              role="toolbar"
              aria-label={`Variant ${variant.letter}`}
            >
              <button
                type="button"
                className="button button-small"
                aria-pressed={isKept}
                onClick={() => void onKeep(variant)}
              >
                Keep
              </button>
              <button type="button" className="button button-small" onClick={() => void onFork(variant.id)}>
                Fork three
              </button>
              <button type="button" className="button button-small" onClick={() => onCode(variant.id)}>
                Code
              </button>
            </span>
          ) : null}
        </>
      )}
    </div>
  );
}

function VariantName({
  variant,
  mayEdit,
  onRename,
}: {
  variant: Variant;
  mayEdit: boolean;
  onRename: VariantArticleProps["onRename"];
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const name = variant.name || `Variant ${variant.letter}`;
  if (!mayEdit) return <span className="min-w-0 flex-1 truncate text-sm font-medium">{name}</span>;
  const commit = () => {
    if (draft?.trim() && draft.trim() !== name) void onRename(variant.id, draft.trim());
    setDraft(null);
  };
  return (
    <input
      className="field min-w-0 flex-1 truncate rounded-xs px-1 text-sm font-medium hover:bg-raised"
      aria-label={`Name of variant ${variant.letter}`}
      value={draft ?? name}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}

/** The share of planned edits is not known: a short segment moves while it writes, then the line settles. */
function ProgressLine({ isWriting }: { isWriting: boolean }) {
  return (
    <div
      className="h-0.5 flex-none overflow-hidden"
      style={{ background: isWriting ? "color-mix(in oklab, var(--v) 25%, transparent)" : "var(--v)" }}
    >
      {isWriting ? (
        <div
          className="h-full w-1/4"
          style={{ background: "var(--v)", animation: "moving 1.2s linear infinite" }}
        />
      ) : null}
    </div>
  );
}

type StripsProps = VariantArticleProps & {
  variant: Variant;
  state: string;
  error: PreviewError | null;
  life: PreviewState;
  isBusy: boolean;
  frame: { current: PreviewHandle | null };
  last: Turn | null;
};

function Strips({ client, variant, state, error, life, isBusy, frame, last, mayEdit, onShow }: StripsProps) {
  if (life === "paused")
    return (
      <FrameStrip
        words={`${variant.letter} is paused.`}
        action="Run again"
        onAct={() => frame.current?.restart()}
      />
    );
  if (state === "hung") {
    const what =
      life === "stopped" ? "It was restarted three times and is stopped now." : "It is being restarted.";
    const words = `${variant.letter} stopped responding. ${what}`;
    return <FrameStrip isAlert words={words} action="Run again" onAct={() => frame.current?.restart()} />;
  }
  if (state === "error" && error)
    return <ErrorStrip client={client} variant={variant} error={error} mayEdit={mayEdit} onShow={onShow} />;
  if (state === "writing") return null;
  const busy = `${variant.letter} has had no idle moment for ten seconds.`;
  return (
    <>
      {isBusy ? <FrameStrip words={busy} action="Pause" onAct={() => frame.current?.pause()} /> : null}
      {last ? (
        <TurnStrip client={client} turn={last} variantId={variant.id} mayEdit={mayEdit} onShow={onShow} />
      ) : null}
    </>
  );
}
