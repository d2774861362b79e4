"use client";
import { useEffect, useState } from "react";
import { runningTurnOf } from "#components/studio/table.ts";
import {
  createLanguageClient,
  type LanguageClient,
  type LanguageWorker,
} from "#lib/client/language-client.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import { toolUrls } from "./tools.ts";

/** A compiler holds some 200 MB: it goes when the drawer has been closed for so long. */
const KEPT_MS = 60_000;

type Kept = {
  document: VariantDocument;
  language: LanguageClient;
  closing: ReturnType<typeof setTimeout> | null;
};
let kept: Kept | null = null;

/** TypeScript for a variant's files; null until its worker has been started. */
export function useLanguage(client: RoomClient, document: VariantDocument): LanguageClient | null {
  const [language, setLanguage] = useState<LanguageClient | null>(null);
  useEffect(() => {
    let isWanted = true;
    // The editor is shown first: a worker starts with seconds of work for one core.
    const stop = whenIdle(() => {
      void keep(client, document).then((opened) => {
        if (isWanted) setLanguage(opened);
        else letGo();
      });
    });
    return () => {
      isWanted = false;
      stop();
      letGo();
    };
  }, [client, document]);
  return language;
}

async function keep(client: RoomClient, document: VariantDocument): Promise<LanguageClient | null> {
  const urls = await toolUrls();
  if (!urls) return null;
  if (kept?.closing) clearTimeout(kept.closing);
  if (kept?.document === document) {
    kept.closing = null;
    return kept.language;
  }
  kept?.language.close();
  const language = createLanguageClient({
    document,
    typesUrl: urls.types,
    openWorker: () => new Worker(urls.language, { name: "TypeScript" }) as LanguageWorker,
    isWriting: () => isWriting(client),
    onQuiet: (listener) => onQuiet(client, listener),
    whenIdle,
  });
  kept = { document, language, closing: null };
  return language;
}

function letGo(): void {
  const last = kept;
  if (!last || last.closing) return;
  last.closing = setTimeout(() => {
    last.language.close();
    if (kept === last) kept = null;
  }, KEPT_MS);
}

/** Any variant: all three share the machine. */
function isWriting(client: RoomClient): boolean {
  const { turns, variants } = client.getSnapshot();
  return variants.some(({ id }) => runningTurnOf(turns, id) !== null);
}

function onQuiet(client: RoomClient, listener: () => void): () => void {
  const stop = client.subscribe(() => {
    if (isWriting(client)) return;
    stop();
    listener();
  });
  return stop;
}

function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback !== "function") {
    const timer = setTimeout(work, 200);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(work, { timeout: 3_000 });
  return () => cancelIdleCallback(idle);
}
