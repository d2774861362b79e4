/** The page around the frames in tests of the runtime: real lanes, documents and drafts; no room, no socket, no React. */
import { createDraftBook } from "../../lib/document/draft-book.ts";
import { openEditSession } from "../../lib/document/edit-session.ts";
import { VariantDocument } from "../../lib/document/variant-document.ts";
import { createEditParser } from "../../lib/edit/parser.ts";
import { createPreviewLane } from "../../lib/preview/lane.ts";
import type { FromFrame, PreviewError } from "../../lib/preview/protocol.ts";
import { listenToRelay, type PreviewState, tellRelay } from "../../lib/preview/relay-link.ts";
import type { TurnId } from "../../lib/project/ids.ts";

export type Pane = {
  /** Opens a project in the frame; the first one boots it, later ones replace it. */
  open(files: Record<string, string>): void;
  /** A person's edit of a whole file; null deletes it. */
  write(path: string, text: string | null): void;
  /** A person's edit: the first place of `old` becomes `fresh`. */
  change(path: string, old: string, fresh: string): void;
  /** Text of a model's answer; the pane is streaming until `end`. */
  push(text: string): void;
  end(): void;
  streaming(on: boolean): void;
  restart(): void;
  reload(): void;
  state: PreviewState;
  error: PreviewError | null;
  /** Every error that was shown, also those that went away again. */
  errors: PreviewError[];
  messages: FromFrame[];
  /** Number of the newest message that the frame was sent. */
  handed: number;
};

const PERSON = { kind: "person", clientId: "test" } as const;

function createPane(iframe: HTMLIFrameElement): Pane {
  let document = new VariantDocument();
  let drafts = createDraftBook(document);
  let model: { push(text: string): void; end(): void } | null = null;
  const lane = createPreviewLane({
    onHanded(seq) {
      pane.handed = seq;
    },
    onMessage(message) {
      pane.messages.push(message);
      if (message.type === "triptych:painted") pane.state = "running";
      if (message.type !== "triptych:error") return;
      pane.error = message.error;
      if (message.error) pane.errors.push(message.error);
    },
  });
  const pane: Pane = {
    open(files) {
      document = VariantDocument.seed(new Map(Object.entries(files)), "seed");
      drafts = createDraftBook(document);
      lane.show({ document, drafts });
    },
    write(path, text) {
      if (text === null) document.remove(path, PERSON);
      else document.create(path, text, PERSON);
    },
    change(path, old, fresh) {
      const at = document.read(path)?.indexOf(old) ?? -1;
      if (at < 0) throw new Error(`"${old}" does not stand in ${path}`);
      document.splice(path, at, at + old.length, fresh, PERSON);
    },
    push(text) {
      lane.setStreaming(true);
      model ??= openModel(document, drafts);
      model.push(text);
    },
    end() {
      model?.end();
      model = null;
      lane.setStreaming(false);
    },
    streaming: (on) => lane.setStreaming(on),
    restart: () => tellRelay(iframe, { type: "triptych:restart" }),
    reload: () => lane.reload(),
    state: "starting",
    error: null,
    errors: [],
    messages: [],
    handed: 0,
  };
  listenToRelay(
    () => iframe,
    lane,
    (state) => {
      pane.state = state;
    },
  );
  return pane;
}

function openModel(document: VariantDocument, drafts: ReturnType<typeof createDraftBook>) {
  const turnId = "turn-test" as TurnId;
  const session = openEditSession(document, { kind: "model", turnId });
  const parser = createEditParser({
    read: (path) => document.read(path),
    paths: () => document.paths(),
    region: (id) => session.region(id),
  });
  const apply = (edits: Iterable<Parameters<typeof session.apply>[0]>) => {
    for (const edit of edits) for (const fact of session.apply(edit)) drafts.apply(fact, turnId);
  };
  return {
    push: (text: string) => apply(parser.push(text)),
    end() {
      apply(parser.end("stop"));
      session.close().forget();
    },
  };
}

Object.assign(globalThis, { panes: [...document.querySelectorAll("iframe")].map(createPane) });
