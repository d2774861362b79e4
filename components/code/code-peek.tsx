"use client";
import { useEffect, useState } from "react";
import type { DraftBook } from "#lib/document/draft-book.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import { linesRound, type Peek } from "./lines-round.ts";

const EVERY_MS = 250;

type CodePeekProps = { drafts: DraftBook; document: VariantDocument };

/** Three lines round the model's caret; at most four times a second, and not for people who listen. */
export function CodePeek({ drafts, document }: CodePeekProps) {
  const [peek, setPeek] = useState<Peek | null>(null);
  useEffect(() => {
    const read = () => {
      const draft = drafts.open().at(-1);
      setPeek(draft ? linesRound(draft, document.read(draft.path) ?? "") : null);
    };
    const timer = setInterval(read, EVERY_MS);
    return () => clearInterval(timer);
  }, [drafts, document]);
  if (!peek) return null;
  return (
    <div
      aria-hidden="true"
      data-peek=""
      className="absolute inset-x-2 bottom-2 rounded-sm bg-sheet p-2 font-mono text-2xs shadow-float"
    >
      <div className="text-ink-3">{peek.path}</div>
      <Line text={peek.before} />
      <Line text={peek.line} hasCaret />
      <Line text={peek.after} />
    </div>
  );
}

function Line({ text, hasCaret = false }: { text: string; hasCaret?: boolean }) {
  return (
    <div className={`truncate whitespace-pre ${hasCaret ? "" : "text-ink-3"}`}>
      {text || " "}
      {hasCaret ? (
        <span className="ml-px inline-block h-3 w-0.5 align-middle" style={{ background: "var(--v)" }} />
      ) : null}
    </div>
  );
}
