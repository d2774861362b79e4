"use client";
/**
 * One running preview: an iframe with our relay page, the lane that feeds the frame inside, and Sandpack's client beside it. The
 * iframe stands in the first HTML, so that it boots while the app's own code loads; it outlives the variant it shows: another
 * document is put into the same frame, which is never re-parented.
 */
import { lazy, type Ref, type RefObject, Suspense, useEffect, useImperativeHandle, useRef } from "react";
import type { DraftBook } from "#lib/document/draft-book.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import { notePress, wasEntered } from "./focus-guard.ts";
import { createPreviewLane, type PreviewLane, type ToPage } from "./lane.ts";
import { type FromFrame, type PageMode, type PreviewError, relayPath } from "./protocol.ts";
import { listenToRelay, type PreviewState, tellRelay } from "./relay-link.ts";

const SandpackHost = lazy(() => import("./sandpack-host.tsx"));

export type { PreviewState };
export type PreviewHandle = {
  reload(): void;
  restart(): void;
  pause(): void;
  /** Something for the page that is there now. */
  tell(message: ToPage): void;
  /** The focus is in this page, and a person brought it there. */
  hasFocus(): boolean;
  /** The pointer is over it. */
  isPointedAt(): boolean;
};

/** What the page says of a person's hand in it. A hint: the page can say anything (SPEC: preview.md §8). */
export type PageMessage = Extract<
  FromFrame,
  {
    type:
      | "triptych:key"
      | "triptych:picked"
      | "triptych:pick-end"
      | "triptych:text"
      | "triptych:text-end"
      | "triptych:scrolled"
      | "triptych:issues";
  }
>;

/** What became of the lane's messages, for whoever measures. Not seen: a hidden tab or pane, where the frame paints nothing. */
export type LaneStep =
  | { type: "handed"; seq: number }
  | Extract<FromFrame, { type: "triptych:applied" }>
  | (Extract<FromFrame, { type: "triptych:painted" }> & { isSeen: boolean });

export type PreviewFrameProps = {
  /** Position on the table: 0 for A. Each pane has a process of its own. */
  pane: number;
  letter: string;
  /** Token of what the project's previews may reach; null: nothing. Another one loads the frame anew. */
  network: string | null;
  /** Null until the room is joined: the frame boots meanwhile. */
  document: VariantDocument | null;
  drafts: DraftBook | null;
  /** A model writes: errors are held back. */
  streaming: boolean;
  /** At least so many milliseconds between two repaints while a model writes: for a pane in the corner. */
  pace?: number;
  onError(error: PreviewError | null): void;
  onState(state: PreviewState): void;
  /** The page has kept its process busy for ten seconds with nobody touching it; or does so no longer. */
  onBusy?(isBusy: boolean): void;
  /** What a person's hand does in the page besides using it. */
  mode?: PageMode;
  onPage?(message: PageMessage): void;
  /** Called several times a frame: do little. */
  onStep?(step: LaneStep): void;
  ref?: Ref<PreviewHandle>;
};

export function PreviewFrame({
  pane,
  letter,
  network,
  document,
  drafts,
  streaming,
  pace = 0,
  mode = HANDS_OFF,
  ref,
  ...events
}: PreviewFrameProps) {
  const iframe = useRef<HTMLIFrameElement>(null);
  const handlers = useRef(events);
  handlers.current = events;
  const lane = useRef<PreviewLane | null>(null);
  const state = useRef<PreviewState>("starting");
  const hasWidth = useHasWidth(iframe);

  useEffect(() => {
    const created = createPreviewLane({
      onHanded: (seq) => handlers.current.onStep?.({ type: "handed", seq }),
      onMessage: (message) => {
        if (message.type === "triptych:applied") handlers.current.onStep?.(message);
        else if (message.type === "triptych:painted") {
          // A page may have no ground of its own; where none is shown, our sheet is.
          if (iframe.current) iframe.current.style.background = message.isBlank ? "transparent" : "#fff";
          if (state.current !== "running") hear("running");
          handlers.current.onStep?.({ ...message, isSeen: isTabSeen() && hasWidth.current });
        } else if (message.type === "triptych:busy") handlers.current.onBusy?.(message.on);
        else if (message.type === "triptych:error") handlers.current.onError(message.error);
        else if (message.type === "triptych:pressed") iframe.current && notePress(iframe.current);
        else if (isOfHand(message)) handlers.current.onPage?.(message);
      },
    });
    lane.current = created;
    const hear = (next: PreviewState) => {
      state.current = next;
      handlers.current.onState(next);
      handlers.current.onBusy?.(false);
      // What the frame before it threw is not an error of this one.
      if (next === "hung" || next === "starting") handlers.current.onError(null);
    };
    const stop = listenToRelay(() => iframe.current, created, hear);
    return () => {
      stop();
      created.close();
      lane.current = null;
    };
  }, []);

  useEffect(() => {
    if (!document || !drafts) return;
    lane.current?.show({ document, drafts });
    // A page that kept hanging may have been mended by hand.
    return document.onChange(() => {
      if (state.current === "stopped") tellRelay(iframe.current, { type: "triptych:turn" });
    });
  }, [document, drafts]);
  useEffect(() => {
    lane.current?.setStreaming(streaming);
    if (streaming) tellRelay(iframe.current, { type: "triptych:turn" });
  }, [streaming]);
  useEffect(() => lane.current?.setPace(pace), [pace]);
  useEffect(() => lane.current?.setMode(mode), [mode]);
  // The colour and the size of what is drawn over the page: when something may be drawn.
  useEffect(() => {
    if (streaming || mode.picks || mode.edits) tellLook(iframe.current);
  }, [streaming, mode]);
  useImperativeHandle(
    ref,
    () => ({
      reload: () => lane.current?.reload(),
      restart: () => tellRelay(iframe.current, { type: "triptych:restart" }),
      pause: () => tellRelay(iframe.current, { type: "triptych:pause" }),
      tell: (message) => {
        if (message.type !== "triptych:scroll-to") tellLook(iframe.current);
        lane.current?.tell(message);
      },
      isPointedAt: () => iframe.current?.matches(":hover") === true,
      hasFocus: () => iframe.current !== null && wasEntered(iframe.current),
    }),
    [],
  );
  return (
    <>
      <iframe
        // A new element: another address in the old one would be a step for the Back button.
        key={network}
        ref={iframe}
        src={relayPath(pane, network)}
        title={`Preview of variant ${letter}`}
        // Our own attribute: Sandpack would set a wider one.
        sandbox="allow-scripts allow-same-origin allow-forms"
        style={{ width: "100%", height: "100%", border: 0, display: "block", colorScheme: "light" }}
      />
      {document ? (
        <Suspense fallback={null}>
          <SandpackHost
            key={network}
            pane={pane}
            network={network}
            iframe={iframe}
            document={document}
            streaming={streaming}
          />
        </Suspense>
      ) : null}
    </>
  );
}

const HANDS_OFF: PageMode = { picks: false, edits: false, scrolls: false };
const OF_HAND: ReadonlySet<string> = new Set<PageMessage["type"]>([
  "triptych:key",
  "triptych:picked",
  "triptych:pick-end",
  "triptych:text",
  "triptych:text-end",
  "triptych:scrolled",
  "triptych:issues",
]);

function isOfHand(message: FromFrame): message is PageMessage {
  return OF_HAND.has(message.type);
}

/** `--v` is the variant's colour; the sheet is shown smaller than it is laid out. */
function tellLook(iframe: HTMLIFrameElement | null): void {
  if (!iframe) return;
  const colour = getComputedStyle(iframe).getPropertyValue("--v").trim() || "#5b5346";
  const scale = iframe.getBoundingClientRect().width / (iframe.offsetWidth || 1) || 1;
  tellRelay(iframe, { type: "triptych:look", colour, scale });
}

function isTabSeen(): boolean {
  return document.visibilityState === "visible";
}

/** Whether the pane is laid out at all: told by an observer, because asking at each repaint would lay out the whole studio. */
function useHasWidth(iframe: RefObject<HTMLIFrameElement | null>): RefObject<boolean> {
  const hasWidth = useRef(false);
  useEffect(() => {
    if (!iframe.current) return;
    const observer = new ResizeObserver(([entry]) => {
      hasWidth.current = (entry?.contentRect.width ?? 0) > 0;
    });
    observer.observe(iframe.current);
    return () => observer.disconnect();
  }, [iframe]);
  return hasWidth;
}
