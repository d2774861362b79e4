"use client";
import { type CSSProperties, useEffect, useRef, useState } from "react";
import { CodePeek } from "#components/code/code-peek.tsx";
import { notePreviewError } from "#components/code/preview-errors.ts";
import { useOffer } from "#components/commands/offers.ts";
import { useAutoFix } from "#components/prompt/use-auto-fix.ts";
import { registerFrame } from "#components/studio/frames.ts";
import type { Place } from "#components/studio/places.ts";
import { lastTurnOf, runningTurnOf } from "#components/studio/table.ts";
import type { VariantActions } from "#components/studio/variant-actions.ts";
import { focusOn, useView } from "#components/studio/view-state.ts";
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
import { FrameStrip } from "./frame-strip.tsx";
import { HeadLine, keptId } from "./head-line.tsx";
import { NetworkLine } from "./network-line.tsx";
import { PageIssues } from "./page-issues.tsx";
import { ScaledSheet } from "./scaled-sheet.tsx";
import { useBehind } from "./use-behind.ts";
import { useHand } from "./use-hand.ts";
import { VariantStrips } from "./variant-strips.tsx";

type VariantArticleProps = {
  client: RoomClient;
  /** Null before the room is joined, and while the shown set has none for this pane; the frame stays. */
  variant: Variant | null;
  /** A version of it that is looked back at; the document goes on meanwhile. */
  stored: ReplicaOfFiles | null;
  isWaiting: boolean;
  /** Which frame it runs in. */
  pane: number;
  /** Where it lies on the table, from the left. */
  position: number;
  /** How many lie there. */
  count: number;
  place: Place;
  /** The one that a phone shows. */
  isTab: boolean;
  /** What the project's previews may reach. */
  network: Network | null;
  mayEdit: boolean;
  actions: VariantActions;
};

/** Ten repaints a second are enough for what stands in the corner. */
const CORNER_PACE_MS = 100;
/** While an edge is dragged. */
const DRAG_PACE_MS = 250;

/** One sheet on the table: head line, running page, and what went wrong. */
export function VariantArticle(props: VariantArticleProps) {
  const { client, variant, stored, isWaiting, pane, position, place, network } = props;
  // A link to one variant shows it alone, under its own letter.
  const letter = variant?.letter ?? letterOf(position);
  const turns = useRoom(client, (room) => room.turns);
  const [error, setError] = useState<PreviewError | null>(null);
  const [life, setLife] = useState<PreviewState>("starting");
  const [isBusy, setBusy] = useState(false);
  const frame = useRef<PreviewHandle>(null);
  const isThere = variant !== null;
  useEffect(
    () => (isThere && frame.current ? registerFrame(position, frame.current) : undefined),
    [isThere, position],
  );
  useRetryWhenAdded(client, error, frame);
  useOffer("restart", () => frame.current?.restart(), place === "large");
  const sheet = useRef<HTMLElement>(null);
  useKeptFocus(sheet, place);
  const running = variant ? runningTurnOf(turns, variant.id) : null;
  const last = variant ? lastTurnOf(turns, variant.id) : null;
  useAutoFix(client, { last, error, mayEdit: props.mayEdit });
  const document = stored?.document ?? (variant && client.document(variant.id));
  const drafts = stored?.drafts ?? (variant && client.drafts(variant.id));
  const state = stateOf(running, error, life);
  const hand = useHand({
    client,
    variantId: variant?.id ?? null,
    document: stored ? null : document,
    ...{ position, mayEdit: props.mayEdit, isWriting: running !== null, frame },
  });
  const behind = useBehind(running !== null);
  const isCorner = place === "thumb" || place === "away";
  const isDragging = useView((view) => view.isDragging);
  const pace = isDragging ? DRAG_PACE_MS : isCorner ? CORNER_PACE_MS : 0;
  return (
    <article
      ref={sheet}
      aria-label={`Variant ${letter}`}
      data-state={state}
      aria-describedby={variant?.keptAt ? keptId(variant) : undefined}
      data-v={letter.toLowerCase()}
      data-place={variant || isWaiting ? place : "away"}
      data-tab={props.isTab || undefined}
      style={{ "--place-order": position } as CSSProperties}
      className="@container relative min-h-0 min-w-0"
    >
      {variant ? (
        <HeadLine {...props} variant={variant} running={running} last={last}>
          <PageIssues
            client={client}
            variant={variant}
            issues={hand.issues}
            frame={frame}
            mayEdit={props.mayEdit}
          />
        </HeadLine>
      ) : (
        <div className="head-line h-9 flex-none" />
      )}
      <div className="sheet relative flex min-h-0 flex-1 flex-col overflow-hidden rounded-md bg-sheet shadow-sheet ring-1 ring-line">
        <ProgressLine isWriting={running !== null} />
        <ScaledSheet place={place}>
          <PreviewFrame
            ref={frame}
            pane={pane}
            letter={letter}
            network={network?.token ?? null}
            document={document}
            drafts={drafts}
            streaming={running !== null && stored === null}
            pace={pace}
            mode={hand.mode}
            onPage={hand.onPage}
            onError={(shown) => {
              setError(shown);
              if (variant) notePreviewError(variant.id, shown);
            }}
            onState={setLife}
            onBusy={setBusy}
            onStep={(step) => {
              if (!variant) return;
              follow(client.trace, variant.id, step);
              if (running && step.type === "triptych:applied") behind.note(isWhole(step));
            }}
          />
        </ScaledSheet>
        {behind.isBehind && !isCorner ? <Updating /> : null}
        {hand.note ? (
          <FrameStrip isAlert letter={letter} words={hand.note} action="Understood" onAct={hand.dropNote} />
        ) : null}
        <NetworkLine network={network} />
        {running && drafts && document && !isCorner && !stored ? (
          <CodePeek drafts={drafts} document={document} />
        ) : null}
        {variant && !isCorner ? (
          <VariantStrips
            client={client}
            mayEdit={props.mayEdit}
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
      {place === "thumb" ? <EnlargeButton letter={letter} position={position} /> : null}
    </article>
  );
}

/** What had the focus may be gone in another place: then the sheet's first button takes it, so that it stays in the same variant. */
function useKeptFocus(sheet: { current: HTMLElement | null }, place: Place): void {
  const hadFocus = useRef(false);
  useEffect(() => {
    const note = () => {
      hadFocus.current = sheet.current?.contains(document.activeElement) ?? false;
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, [sheet]);
  useEffect(() => {
    if (place === "away" || !hadFocus.current || document.activeElement !== document.body) return;
    sheet.current?.querySelector<HTMLElement>(":scope > button, .head-line button")?.focus();
  }, [sheet, place]);
}

function follow(trace: Trace, variantId: VariantId, step: LaneStep): void {
  switch (step.type) {
    case "handed":
      return trace.handed(variantId, step.seq);
    case "triptych:applied":
      return trace.compiled(variantId, { ...step, isWhole: isWhole(step) });
    case "triptych:painted":
      return trace.painted(variantId, step);
    default:
      step satisfies never;
  }
}

function isWhole({ result }: Extract<LaneStep, { type: "triptych:applied" }>): boolean {
  return result === "ok" || result === "healed";
}

/** The page shows what ran last; the model is further. */
function Updating() {
  return (
    <span
      aria-hidden="true"
      className="absolute top-2 right-2 rounded-xs bg-sheet px-1.5 text-2xs text-ink-3 shadow-float"
    >
      updating
    </span>
  );
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
    // Also one that is missed a moment later: its script may have been asked for just before it was there.
    if (seen.current === added || !error?.unknownImport) return;
    seen.current = added;
    frame.current?.reload();
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

/** Over a page in the corner, which is too small to be used. */
function EnlargeButton({ letter, position }: { letter: string; position: number }) {
  return (
    <button
      type="button"
      className="absolute inset-0 cursor-pointer rounded-md"
      aria-label={`Show ${letter} large`}
      onClick={() => focusOn(position)}
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
