/** Our preview without a room: the product's frame component over documents of this page. `?panes=3&files=16` */
import { createRoot } from "react-dom/client";
import { createDraftBook, type DraftBook } from "#lib/document/draft-book.ts";
import { VariantDocument } from "#lib/document/variant-document.ts";
import { PreviewFrame, type PreviewHandle } from "#lib/preview/preview-frame.tsx";
import { templateFiles } from "#lib/project/template.ts";
import { fixture, HERO_PATH, markOf } from "./fixture.ts";
import { installHost } from "./host.ts";

type Pane = { document: VariantDocument; drafts: DraftBook; handle: PreviewHandle | null };

const query = new URLSearchParams(location.search);
const files = new Map([...templateFiles, ...Object.entries(fixture(Number(query.get("files") ?? 16)))]);
const panes = Array.from({ length: Number(query.get("panes") ?? 1) }, makePane);
const root = createRoot(document.getElementById("root") as HTMLElement);
const TURN = "turn-bench";
let errors = 0;
let editId = 0;

function makePane(): Pane {
  const document = VariantDocument.seed(files, "bench");
  return { document, drafts: createDraftBook(document), handle: null };
}

function show(streaming: boolean): void {
  root.render(
    panes.map((pane, index) => (
      <div key={index} style={{ flex: 1 }}>
        <PreviewFrame
          pane={index}
          letter={"ABC"[index] ?? "A"}
          network={null}
          document={pane.document}
          drafts={pane.drafts}
          streaming={streaming}
          onError={(error) => {
            if (error) errors++;
          }}
          onState={() => {}}
          ref={(handle) => {
            pane.handle = handle;
          }}
        />
      </div>
    )),
  );
}

function edit(index: number, number: number): void {
  const { document } = panes[index] as Pane;
  const at = (document.read(HERO_PATH) ?? "").indexOf("MARK-");
  const mark = markOf(number);
  document.splice(HERO_PATH, at, at + mark.length, mark, { kind: "person", clientId: "bench" });
}

/** The line with the mark: what a model replaces. */
function markedLine(document: VariantDocument): { start: number; end: number } {
  const text = document.read(HERO_PATH) ?? "";
  const at = text.indexOf("MARK-");
  return { start: text.lastIndexOf("\n", at) + 1, end: text.indexOf("\n", at) + 1 };
}

const grow = {
  begin() {
    show(true);
    editId++;
    for (const { document, drafts } of panes) {
      const line = markedLine(document);
      const start = document.anchor(HERO_PATH, line.start, "start");
      const end = document.anchor(HERO_PATH, line.end, "end");
      drafts.apply({ type: "draft-start", editId, path: HERO_PATH, start, end }, TURN);
    }
  },
  more(text: string) {
    for (const { drafts } of panes) drafts.apply({ type: "draft-delta", editId, text }, TURN);
  },
  end() {
    for (const { document, drafts } of panes) {
      const { text = "" } = drafts.open()[0] ?? {};
      const { start, end } = markedLine(document);
      document.splice(HERO_PATH, start, end, text, { kind: "person", clientId: "bench" });
      drafts.apply({ type: "draft-end", editId, result: "applied" }, TURN);
    }
    show(false);
  },
};

function onAll(act: (handle: PreviewHandle) => void): void {
  for (const { handle } of panes) if (handle) act(handle);
}

const host = installHost({ panes: panes.length, edit, grow });
Object.assign(globalThis, {
  tried: {
    ...host,
    errors: () => errors,
    reload: () => host.appearAfter(() => onAll((handle) => handle.reload())),
    restart: () => host.appearAfter(() => onAll((handle) => handle.restart())),
  },
});
show(false);
