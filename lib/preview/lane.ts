/**
 * Keeps a frame's files equal to document + drafts: everything once on each new port, then splices and draft deltas in order.
 * What happens in one task travels as one message: a splice and the draft it came from are never seen apart. The frame decides
 * when it compiles; nothing here waits (preview.md §4, §12.2).
 */
import type { DraftBook, DraftEvent } from "#lib/document/draft-book.ts";
import type { FileChange } from "#lib/document/types.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import { checkFromFrame } from "./check.ts";
import { cacheCss, cachedCss } from "./css-cache.ts";
import { createFloodGate, floodSentence } from "./flood.ts";
import type { Batch, FileState, FromFrame, OpenDraft, PageMode, ToFrame } from "./protocol.ts";

export type LaneSource = { document: VariantDocument; drafts: DraftBook };

export type PreviewLane = {
  /** Shows another variant: the frame runs its entry anew. */
  show(source: LaneSource): void;
  /** A document of the frame is ready for files; each port replaces the one before. */
  connect(port: MessagePort): void;
  setStreaming(on: boolean): void;
  /** At least so long between two repaints: for panes that nobody looks at closely. */
  setPace(minMs: number): void;
  /** What a person's hand does in the page; kept for frames that come later. */
  setMode(mode: PageMode): void;
  /** Something for the page that is there now. */
  tell(message: ToPage): void;
  reload(): void;
  close(): void;
};

/** What is for the page as it is now, and lost when there is none. */
export type ToPage = Extract<
  ToFrame,
  {
    type:
      | "triptych:pick-step"
      | "triptych:text-refused"
      | "triptych:scroll-to"
      | "triptych:check"
      | "triptych:show";
  }
>;

export type LaneEvents = {
  onMessage(message: FromFrame): void;
  /** Everything up to this number left for the frame. */
  onHanded?(seq: number): void;
};

/** A message without its number; the lane counts. */
type Unnumbered<Message> = Message extends { seq: number } ? Omit<Message, "seq"> : Message;

export function createPreviewLane({ onMessage, onHanded }: LaneEvents): PreviewLane {
  let source: LaneSource | null = null;
  let port: MessagePort | null = null;
  let unsubscribe: (() => void) | null = null;
  let revs = new Map<string, number>();
  let streaming = false;
  let needsReset = false;
  let minMs = 0;
  let mode: PageMode = { picks: false, edits: false, scrolls: false };
  let seq = 0;
  let batch: ToFrame[] = [];
  let isFlushing = false;
  const gate = createFloodGate((dropped) =>
    onMessage({ type: "triptych:console", lines: [{ level: "warn", text: floodSentence(dropped) }] }),
  );

  function send(message: Unnumbered<ToFrame>): void {
    if (!isFlushing) queueMicrotask(flush);
    isFlushing = true;
    if (!joinsLast(batch.at(-1), message)) batch.push({ ...message, seq: ++seq } as ToFrame);
  }

  function flush(): void {
    isFlushing = false;
    if (port && batch.length > 0) {
      port.postMessage(batch satisfies Batch);
      onHanded?.(seq);
    }
    batch = [];
  }

  /** Says nothing of the files: it is not counted, and waits for nobody. */
  function tell(message: ToFrame): void {
    port?.postMessage([message] satisfies Batch);
  }

  function sendAll(): void {
    if (!source || !port) return;
    // What waits is part of what is read now.
    batch = [];
    revs = new Map(source.document.paths().map((path) => [path, 0]));
    const files: Record<string, FileState> = {};
    for (const [path, text] of source.document.files()) files[path] = { text, rev: 0 };
    const css = cachedCss(source.document.files());
    send({ type: "triptych:files", files, drafts: source.drafts.open(), streaming, reset: needsReset, css });
    if (minMs > 0) send({ type: "triptych:pace", minMs });
    if (mode.picks || mode.edits || mode.scrolls) tell({ type: "triptych:mode", ...mode });
    needsReset = false;
  }

  function onChange(changes: FileChange[]): void {
    for (const change of changes) {
      const { path } = change;
      const rev = (revs.get(path) ?? 0) + 1;
      revs.set(path, rev);
      if (change.type === "splice") {
        const { start, end, text } = change;
        send({ type: "triptych:patch", path, rev, start, end, text });
      } else send({ type: "triptych:file", path, rev, text: change.type === "create" ? change.text : null });
    }
  }

  function onDraft(event: DraftEvent): void {
    if (event.type === "reset") return sendAll();
    if (event.type === "draft-end")
      return send({ type: "triptych:draft-end", path: "", id: event.id, ok: event.result === "applied" });
    const draft = source?.drafts.open().find((each) => each.id === event.id);
    if (draft) sendDraft(event, draft);
  }

  function sendDraft(
    event: Exclude<DraftEvent, { type: "reset" }>,
    { id, path, start, end }: OpenDraft,
  ): void {
    if (event.type === "draft-start")
      send({ type: "triptych:draft", path, id, start, end, text: "", append: false });
    else if (event.type === "draft-delta")
      send({ type: "triptych:draft", path, id, start, end, text: event.text, append: true });
    else if (event.type === "draft-splice")
      send({ type: "triptych:draft-splice", path, id, used: event.used, start, end });
  }

  function onPort(data: unknown): void {
    const message = checkFromFrame(data);
    if (message?.type === "triptych:resync") resync(message.path);
    // Styles of an older state are not those of the files that are here now.
    if (message?.type === "triptych:css" && message.seq === seq && source)
      cacheCss(source.document.files(), message.css);
    if (message) onMessage(message);
  }

  function resync(path: string): void {
    const text = source?.document.read(path) ?? null;
    const rev = (revs.get(path) ?? 0) + 1;
    revs.set(path, rev);
    send({ type: "triptych:file", path, rev, text });
  }

  return {
    show(next) {
      if (source?.document === next.document) return;
      unsubscribe?.();
      needsReset = source !== null;
      source = next;
      const stops = [next.document.onChange(onChange), next.drafts.subscribe(onDraft)];
      unsubscribe = () => {
        for (const stop of stops) stop();
      };
      sendAll();
    },
    connect(next) {
      port?.close();
      port = next;
      port.onmessage = (event) => {
        if (gate.admits(event)) onPort(event.data);
      };
      sendAll();
    },
    setStreaming(on) {
      if (streaming === on) return;
      streaming = on;
      send({ type: "triptych:streaming", on });
    },
    setPace(next) {
      if (minMs === next) return;
      minMs = next;
      send({ type: "triptych:pace", minMs });
    },
    setMode(next) {
      if (mode.picks === next.picks && mode.edits === next.edits && mode.scrolls === next.scrolls) return;
      mode = next;
      tell({ type: "triptych:mode", ...mode });
    },
    tell,
    reload: () => send({ type: "triptych:reload" }),
    close() {
      unsubscribe?.();
      gate.close();
      port?.close();
      port = null;
      source = null;
    },
  };
}

/** Characters of one draft in a row are one message. */
function joinsLast(last: ToFrame | undefined, next: Unnumbered<ToFrame>): boolean {
  if (last?.type !== "triptych:draft" || next.type !== "triptych:draft") return false;
  if (!next.append || last.id !== next.id) return false;
  Object.assign(last, { start: next.start, end: next.end, text: last.text + next.text });
  return true;
}
