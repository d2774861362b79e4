"use client";
import { CircleAlert, CircleDot, TriangleAlert } from "lucide-react";
import { plural } from "#components/ui/figures.ts";
import type { LanguageState } from "#lib/client/language-client.ts";
import type { Problem } from "#lib/language/types.ts";
import type { PreviewError } from "#lib/preview/protocol.ts";
import type { Spot } from "./spot.ts";

type ProblemsPanelProps = {
  /** Null: its worker could not be started. */
  language: LanguageState | null;
  previewError: PreviewError | null;
  onJump(spot: Spot): void;
};

/** What does not run, and what TypeScript says of the files. Each leads to its line. */
export function ProblemsPanel({ language, previewError, onJump }: ProblemsPanelProps) {
  const problems = inOrder(language?.problems ?? []);
  const isEmpty = problems.length === 0 && !previewError;
  return (
    <section
      aria-label="Problems"
      className="flex max-h-[40%] min-h-0 flex-none flex-col border-line border-t"
    >
      <p role="status" className="flex-none px-3 py-1.5 text-xs text-ink-3">
        {wordsOf(language, isEmpty, previewError !== null)}
      </p>
      {isEmpty ? null : (
        <ul className="min-h-0 overflow-y-auto pb-1">
          {previewError ? <PreviewRow error={previewError} onJump={onJump} /> : null}
          {problems.map((problem) => (
            <ProblemRow
              key={`${problem.path}:${problem.from}:${problem.code}:${problem.message}`}
              problem={problem}
              onJump={onJump}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Errors of both kinds: what the button "Problems" counts. */
export function countProblems(language: LanguageState | null, previewError: PreviewError | null): number {
  const errors = (language?.problems ?? []).filter(({ severity }) => severity === "error");
  return errors.length + (previewError ? 1 : 0);
}

/** The files that these errors are in. */
export function brokenPaths(
  language: LanguageState | null,
  previewError: PreviewError | null,
): ReadonlySet<string> {
  const errors = (language?.problems ?? []).filter(({ severity }) => severity === "error");
  return new Set([...errors.map(({ path }) => path), ...(previewError?.path ? [previewError.path] : [])]);
}

const ORDER = { error: 0, warning: 1, hint: 2 };

function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((one, other) => ORDER[one.severity] - ORDER[other.severity]);
}

function wordsOf(language: LanguageState | null, isEmpty: boolean, hasPreviewError: boolean): string {
  if (!language || language.state === "loading") return "TypeScript is loading …";
  if (language.state === "failed")
    return `TypeScript could not be loaded (${language.message}). Only errors of the page are listed.`;
  if (language.state === "checking") return "Checking …";
  return isEmpty ? "No problems." : counted(language.problems, hasPreviewError);
}

/** "2 errors, 1 hint" */
function counted(problems: readonly Problem[], hasPreviewError: boolean): string {
  const count = (kind: Problem["severity"]) => problems.filter(({ severity }) => severity === kind).length;
  const errors = count("error") + (hasPreviewError ? 1 : 0);
  const parts = [
    [errors, "error"],
    [count("warning"), "warning"],
    [count("hint"), "hint"],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => plural(number, word))
    .join(", ");
}

function PreviewRow({ error, onJump }: { error: PreviewError; onJump(spot: Spot): void }) {
  const { title, message, path, line, column } = error;
  const spot = path ? { path, line: Math.max(1, line), column: Math.max(1, column) } : null;
  return <Row severity="error" words={`${title} ${message}`} source="page" spot={spot} onJump={onJump} />;
}

function ProblemRow({ problem, onJump }: { problem: Problem; onJump(spot: Spot): void }) {
  const { path, line, column, from, to, severity, message, code } = problem;
  const spot = { path, line, column, length: to - from };
  return <Row severity={severity} words={message} source={code} spot={spot} onJump={onJump} />;
}

type RowProps = {
  severity: Problem["severity"];
  words: string;
  source: string;
  spot: Spot | null;
  onJump(spot: Spot): void;
};

function Row({ severity, words, source, spot, onJump }: RowProps) {
  return (
    <li>
      <button
        type="button"
        className="flex min-h-6 w-full items-baseline gap-2 px-3 py-0.5 text-left text-xs outline-offset-[-2px] hover:bg-raised"
        disabled={!spot}
        onClick={() => spot && onJump(spot)}
      >
        <SeverityIcon severity={severity} />
        <span className="line-clamp-2 min-w-0 flex-1">{words}</span>
        <span className="flex-none text-2xs text-ink-3">{source}</span>
        {spot ? (
          <span
            className="tnum max-w-[45%] flex-none truncate font-mono text-2xs text-ink-2"
            title={spot.path}
          >
            {spot.path.slice(spot.path.lastIndexOf("/") + 1)}:{spot.line}
          </span>
        ) : null}
      </button>
    </li>
  );
}

function SeverityIcon({ severity }: { severity: Problem["severity"] }) {
  const looks = { size: 12, role: "img", className: "relative top-0.5 flex-none" } as const;
  if (severity === "error") return <CircleAlert {...looks} aria-label="Error" color="var(--bad)" />;
  if (severity === "warning") return <TriangleAlert {...looks} aria-label="Warning" color="var(--warn)" />;
  return <CircleDot {...looks} aria-label="Hint" color="var(--ink-3)" />;
}
