"use client";
/**
 * One running preview: an iframe with our relay page, the lane that feeds the frame inside, and Sandpack's client beside it. The
 * iframe stands in the first HTML, so that it boots while the app's own code loads; it outlives the variant it shows: another
 * document is put into the same frame, which is never re-parented.
 */
import { lazy, type Ref, Suspense, useEffect, useImperativeHandle, useRef } from "react";
import type { DraftBook } from "#lib/document/draft-book.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import { createPreviewLane, type PreviewLane } from "./lane.ts";
import { type FromFrame, type PreviewError, RELAY_PATH, type ToRelay } from "./protocol.ts";

const SandpackHost = lazy(() => import("./sandpack-host.tsx"));

export type PreviewState = "starting" | "running" | "hung" | "stopped";
export type PreviewHandle = { reload(): void; restart(): void };

/** What became of the lane's messages, for whoever measures. Not seen: a hidden tab or pane, where the frame paints nothing. */
export type LaneStep =
  | { type: "handed"; seq: number }
  | Extract<FromFrame, { type: "triptych:applied" }>
  | (Extract<FromFrame, { type: "triptych:painted" }> & { isSeen: boolean });

export type PreviewFrameProps = {
  /** Position on the table: 0 for A. Each pane has a process of its own. */
  pane: number;
  letter: string;
  /** Null until the room is joined: the frame boots meanwhile. */
  document: VariantDocument | null;
  drafts: DraftBook | null;
  /** A model writes: errors are held back. */
  streaming: boolean;
  onError(error: PreviewError | null): void;
  onState(state: PreviewState): void;
  onKey?(key: Extract<FromFrame, { type: "triptych:key" }>): void;
  /** Called several times a frame: do little. */
  onStep?(step: LaneStep): void;
  ref?: Ref<PreviewHandle>;
};

export function PreviewFrame({
  pane,
  letter,
  document,
  drafts,
  streaming,
  ref,
  ...events
}: PreviewFrameProps) {
  const iframe = useRef<HTMLIFrameElement>(null);
  const handlers = useRef(events);
  handlers.current = events;
  const lane = useRef<PreviewLane | null>(null);

  useEffect(() => {
    const created = createPreviewLane({
      onHanded: (seq) => handlers.current.onStep?.({ type: "handed", seq }),
      onMessage: (message) => {
        if (message.type === "triptych:applied") handlers.current.onStep?.(message);
        else if (message.type === "triptych:painted") {
          handlers.current.onState("running");
          handlers.current.onStep?.({ ...message, isSeen: isSeen(iframe.current) });
        } else if (message.type === "triptych:error") handlers.current.onError(message.error);
        else if (message.type === "triptych:key") handlers.current.onKey?.(message);
      },
    });
    lane.current = created;
    const stop = listenToRelay(iframe, created, (state) => handlers.current.onState(state));
    return () => {
      stop();
      created.close();
      lane.current = null;
    };
  }, []);

  useEffect(() => {
    if (document && drafts) lane.current?.show({ document, drafts });
  }, [document, drafts]);
  useEffect(() => lane.current?.setStreaming(streaming), [streaming]);
  useImperativeHandle(
    ref,
    () => ({
      reload: () => lane.current?.reload(),
      restart: () => tellRelay(iframe.current, { type: "triptych:restart" }),
    }),
    [],
  );
  return (
    <>
      <iframe
        ref={iframe}
        src={`${RELAY_PATH}?pane=${pane}`}
        title={`Preview of variant ${letter}`}
        // Our own attribute: Sandpack would set a wider one.
        sandbox="allow-scripts allow-same-origin allow-forms"
        style={{ width: "100%", height: "100%", border: 0, display: "block", background: "#fff" }}
      />
      {document ? (
        <Suspense fallback={null}>
          <SandpackHost pane={pane} iframe={iframe} document={document} />
        </Suspense>
      ) : null}
    </>
  );
}

function isSeen(iframe: HTMLIFrameElement | null): boolean {
  return document.visibilityState === "visible" && (iframe?.offsetWidth ?? 0) > 0;
}

function tellRelay(iframe: HTMLIFrameElement | null, message: ToRelay): void {
  iframe?.contentWindow?.postMessage(message, location.origin);
}

/** Life of the frame, told by the relay: only its own window on our own origin is heard. Whoever is there first asks again. */
function listenToRelay(
  iframe: { current: HTMLIFrameElement | null },
  lane: PreviewLane,
  onState: (state: PreviewState) => void,
): () => void {
  const hear = (event: MessageEvent) => {
    if (
      event.origin !== location.origin ||
      event.source === null ||
      event.source !== iframe.current?.contentWindow
    )
      return;
    const { type, why } = (event.data ?? {}) as { type?: unknown; why?: unknown };
    const [port] = event.ports;
    if (type === "triptych:lane" && port) lane.connect(port);
    else if (type === "triptych:relay") tellRelay(iframe.current, { type: "triptych:host" });
    else if (type === "triptych:stopped") onState("stopped");
    else if (type === "triptych:born") onState(why === "hung" || why === "crashed" ? "hung" : "starting");
  };
  addEventListener("message", hear);
  tellRelay(iframe.current, { type: "triptych:host" });
  return () => removeEventListener("message", hear);
}
