"use client";
import type { CodePlace } from "#components/studio/view-state.ts";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { PreviewError } from "#lib/preview/protocol.ts";
import type { PromptId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";
import { AddPackage } from "./add-package.tsx";

export type ErrorStripProps = {
  client: RoomClient;
  variant: Variant;
  error: PreviewError;
  mayEdit: boolean;
  /** Opens a line of the code. */
  onShow(place: CodePlace): void;
};

/** What does not run: the error, its place with the lines around it, and what to do about it. */
export function ErrorStrip({ client, variant, error, mayEdit, onShow }: ErrorStripProps) {
  const place = error.path ? `${error.path}${error.line ? `:${error.line}` : ""}` : "";
  const lines = linesAround(client.document(variant.id)?.read(error.path) ?? "", error.line);
  const fix = () =>
    client.command("prompt", {
      promptId: newId<PromptId>(),
      turnIds: { [variant.id]: newId<TurnId>() } as Record<VariantId, TurnId>,
      lane: "fast",
      text: `Fix this error in ${place}: ${error.title}: ${error.message}`,
    });
  return (
    <div className="strip flex-wrap" role="alert">
      <span className="min-w-0 basis-full">
        <span className="sr-only">{variant.letter}: </span>
        <span className="text-bad">{error.title}</span> {error.message}{" "}
        <span className="font-mono text-ink-2">{place}</span>
      </span>
      {mayEdit && error.unknownImport ? (
        <AddPackage
          key={error.unknownImport.name}
          client={client}
          variantId={variant.id}
          specifier={error.unknownImport.name}
        />
      ) : null}
      {mayEdit && lines.length > 0 ? (
        <button
          type="button"
          className="button button-small"
          onClick={() => onShow({ variantId: variant.id, path: error.path, line: error.line })}
        >
          Show where
        </button>
      ) : null}
      {mayEdit ? (
        <button type="button" className="button button-small" onClick={() => void fix()}>
          Fix
        </button>
      ) : null}
      {lines.length > 0 ? <CodeFrame lines={lines} failing={error.line} /> : null}
    </div>
  );
}

type NumberedLine = { number: number; text: string };

function CodeFrame({ lines, failing }: { lines: NumberedLine[]; failing: number }) {
  return (
    <pre className="m-0 w-full rounded-xs bg-raised px-2 py-1 font-mono text-xs leading-5 [overflow-wrap:anywhere] whitespace-pre-wrap">
      {lines.map(({ number, text }) => (
        <div key={number} className={number === failing ? "text-ink" : "text-ink-2"}>
          <span className="tnum inline-block w-10 select-none pr-2 text-right">
            {number === failing ? `› ${number}` : number}
          </span>
          {text || " "}
        </div>
      ))}
    </pre>
  );
}

/** The line and its neighbours; none when the place is not known. */
function linesAround(text: string, line: number): NumberedLine[] {
  if (line < 1) return [];
  return text
    .split("\n")
    .map((each, index) => ({ number: index + 1, text: each }))
    .slice(Math.max(0, line - 2), line + 1);
}
