"use client";
/** Sandpack's provider and client for a preview whose iframe is there already. Loaded on its own: no frame waits for it. */
import "./insecure.ts";
import { SandpackProvider, useSandpackClient } from "@codesandbox/sandpack-react";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import { relayPath, SANDPACK_HASH } from "./protocol.ts";

type SandpackHostProps = {
  pane: number;
  network: string | null;
  iframe: RefObject<HTMLIFrameElement | null>;
  document: VariantDocument;
  streaming: boolean;
};

export default function SandpackHost({ pane, network, iframe, document, streaming }: SandpackHostProps) {
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
    <SandpackProvider files={files} customSetup={setup} options={options} style={{ display: "none" }}>
      <Client pane={pane} network={network} iframe={iframe} document={document} streaming={streaming} />
    </SandpackProvider>
  );
}

/**
 * Sandpack puts its address into the iframe when it registers it. Only the part behind "#" differs from where the iframe is, so
 * the relay stays, hears of it by `hashchange`, and greets Sandpack.
 */
function Client({ pane, network, iframe, document, streaming }: SandpackHostProps) {
  const sandpack = useSandpackClient({ startRoute: `${relayPath(pane, network)}${SANDPACK_HASH}` });
  // Before Sandpack's own effect reads it.
  useLayoutEffect(() => {
    sandpack.iframe.current = iframe.current;
  }, [sandpack.iframe, iframe]);
  const { updateFile } = sandpack.sandpack;
  const wasStreaming = useRef(false);
  // Sandpack's own files and compile: once when a turn has ended, never while it writes.
  useEffect(() => {
    if (wasStreaming.current && !streaming) updateFile(Object.fromEntries(document.files()), undefined, true);
    wasStreaming.current = streaming;
  }, [streaming, document, updateFile]);
  return null;
}
