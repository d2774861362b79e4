"use client";
/** A page that was built on the server, in a frame as isolated as a preview; nothing is sent into it. */
import { useEffect, useRef, useState } from "react";
import { sharedRelayPath } from "./protocol.ts";

export type StaticState = "running" | "hung" | "stopped";

type StaticFrameProps = {
  pane: number;
  letter: string;
  /** Its path on the preview's host. */
  page: string;
  network: string | null;
  /** Instead of "Preview of variant A". */
  title?: string;
  onState?(state: StaticState): void;
  onLoad?(): void;
};

export function StaticFrame({ pane, letter, page, network, title, onState, onLoad }: StaticFrameProps) {
  const iframe = useRef<HTMLIFrameElement>(null);
  const hear = useRef(onState);
  hear.current = onState;
  const [src] = useState(() => sharedRelayPath(pane, page, network));
  useEffect(() => {
    // Only the relay's own window on our own origin is heard.
    const onMessage = ({ origin, source, data }: MessageEvent) => {
      if (origin !== location.origin || source === null || source !== iframe.current?.contentWindow) return;
      if (data?.type === "triptych:stopped") hear.current?.("stopped");
      if (data?.type === "triptych:born")
        hear.current?.(data.why === "hung" || data.why === "crashed" ? "hung" : "running");
    };
    addEventListener("message", onMessage);
    return () => removeEventListener("message", onMessage);
  }, []);
  return (
    <iframe
      ref={iframe}
      src={src}
      title={title ?? `Preview of variant ${letter}`}
      onLoad={onLoad}
      sandbox="allow-scripts allow-same-origin allow-forms"
      style={{ width: "100%", height: "100%", border: 0, display: "block", background: "#fff" }}
    />
  );
}
