"use client";
import { useEffect, useState } from "react";
import type { DraftBook } from "#lib/document/draft-book.ts";

const EVERY_MS = 250;
const LINES = 3;

/** Three lines round the model's caret; at most four times a second, and not for people who listen. */
export function CodePeek({ drafts }: { drafts: DraftBook }) {
  const [peek, setPeek] = useState<{ path: string; lines: string[] } | null>(null);
  useEffect(() => {
    const read = () => {
      const draft = drafts.open().at(-1);
      setPeek(draft ? { path: draft.path, lines: draft.text.split("\n").slice(-LINES) } : null);
    };
    const timer = setInterval(read, EVERY_MS);
    return () => clearInterval(timer);
  }, [drafts]);
  if (!peek) return null;
  return (
    <div
      aria-hidden="true"
      className="absolute inset-x-2 bottom-2 rounded-sm bg-sheet p-2 font-mono text-2xs shadow-float"
    >
      <div className="text-ink-3">{peek.path}</div>
      {peek.lines.map((line, index) => (
        <div key={index} className="truncate whitespace-pre">
          {line || " "}
          {index === peek.lines.length - 1 ? (
            <span className="ml-px inline-block h-3 w-0.5 align-middle" style={{ background: "var(--v)" }} />
          ) : null}
        </div>
      ))}
    </div>
  );
}
