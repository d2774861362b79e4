"use client";
/**
 * One running preview: Sandpack's provider and client around our relay page, and the lane that feeds the frame. It outlives
 * the variant it shows: another document is put into the same frame, which is never re-parented.
 */
import "./insecure.ts";
import { SandpackProvider, useSandpackClient } from "@codesandbox/sandpack-react";
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef } from "react";
import type { DraftBook } from "#lib/document/draft-book.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import { createPreviewLane, type PreviewLane } from "./lane.ts";
import { type FromFrame, type PreviewError, RELAY_PATH } from "./protocol.ts";

export type PreviewState = "starting" | "running" | "hung" | "stopped";
export type PreviewHandle = { reload(): void; restart(): void };

export type PreviewFrameProps = {
  /** Position on the table: 0 for A. Each pane has a process of its own. */
  pane: number;
  letter: string;
  document: VariantDocument;
  drafts: DraftBook;
  /** A model writes: errors are held back. */
  streaming: boolean;
  onError(error: PreviewError | null): void;
  onState(state: PreviewState): void;
  onKey?(key: Extract<FromFrame, { type: "triptych:key" }>): void;
  ref?: Ref<PreviewHandle>;
};

export default function PreviewFrame(props: PreviewFrameProps) {
  const { document, pane } = props;
  // Sandpack resets what it holds when the identity of its files changes: it gets the first files once.
  const files = useMemo(() => Object.fromEntries(document.files()), []);
  const options = useMemo(
    () =>
      ({
        bundlerURL: location.origin,
        recompileMode: "immediate",
        initMode: "immediate",
        bundlerTimeOut: 3_600_000,
      }) as const,
    [],
  );
  const setup = useMemo(() => ({ environment: "create-react-app", entry: "/src/main.tsx" }) as const, []);
  return (
    <SandpackProvider files={files} customSetup={setup} options={options} style={{ height: "100%" }}>
      <Frame key={pane} {...props} />
    </SandpackProvider>
  );
}

function Frame({
  pane,
  letter,
  document,
  drafts,
  streaming,
  onError,
  onState,
  onKey,
  ref,
}: PreviewFrameProps) {
  const { iframe } = useSandpackClient({ startRoute: `${RELAY_PATH}?pane=${pane}` });
  const handlers = useRef({ onError, onState, onKey });
  handlers.current = { onError, onState, onKey };
  const lane = useRef<PreviewLane | null>(null);

  useEffect(() => {
    const created = createPreviewLane((message) => {
      if (message.type === "triptych:painted") handlers.current.onState("running");
      else if (message.type === "triptych:error") handlers.current.onError(message.error);
      else if (message.type === "triptych:key") handlers.current.onKey?.(message);
    });
    lane.current = created;
    const stop = listenToRelay(iframe, created, (state) => handlers.current.onState(state));
    return () => {
      stop();
      created.close();
      lane.current = null;
    };
  }, [iframe]);

  useEffect(() => lane.current?.show({ document, drafts }), [document, drafts]);
  useEffect(() => lane.current?.setStreaming(streaming), [streaming]);
  useImperativeHandle(
    ref,
    () => ({
      reload: () => lane.current?.reload(),
      restart: () =>
        iframe.current?.contentWindow?.postMessage({ type: "triptych:restart" }, location.origin),
    }),
    [iframe],
  );
  return (
    <iframe
      ref={iframe}
      title={`Preview of variant ${letter}`}
      // Our own attribute: Sandpack would set a wider one.
      sandbox="allow-scripts allow-same-origin allow-forms"
      style={{ width: "100%", height: "100%", border: 0, display: "block", background: "#fff" }}
    />
  );
}

/** Life of the frame, told by the relay: only its own window on our own origin is heard. */
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
    else if (type === "triptych:stopped") onState("stopped");
    else if (type === "triptych:born") onState(why === "hung" || why === "crashed" ? "hung" : "starting");
  };
  addEventListener("message", hear);
  return () => removeEventListener("message", hear);
}
