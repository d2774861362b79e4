/** What a page and its workers for code say to each other. Offsets count characters of a file, lines and columns count from 1. */

export type Problem = {
  path: string;
  from: number;
  to: number;
  line: number;
  column: number;
  severity: "error" | "warning" | "hint";
  message: string;
  /** Like "TS2322". */
  code: string;
};

export type Suggestion = {
  label: string;
  kind: string;
  /** TypeScript's own order: what fits best comes first. */
  sortText: string;
};
export type Suggestions = { from: number; to: number; items: Suggestion[] };
export type Explanation = { from: number; to: number; code: string; text: string };

/** An import that must say something else: between its quotes, in this file as it is called now. */
export type ImportChange = { path: string; was: string; is: string };

export type FileText = [path: string, text: string];

/** Page → language worker. Answers carry the number of their question. */
export type ToLanguage =
  /** First of all: where the declarations of packages lie, and all files. */
  | { type: "start"; typesUrl: string; files: FileText[] }
  /** null: the file is gone. */
  | { type: "change"; files: [path: string, text: string | null][] }
  | { type: "check"; id: number }
  /** Nobody waits for the running check any more. */
  | { type: "cancel" }
  | { type: "complete"; id: number; path: string; offset: number }
  | { type: "explain"; id: number; path: string; offset: number }
  /** Files or folders. */
  | { type: "rename"; id: number; path: string; to: string };

/** Language worker → page. */
export type FromLanguage =
  | { type: "ready" }
  | { type: "failed"; message: string }
  | { type: "checked"; id: number; problems: Problem[]; ms: number }
  | { type: "completed"; id: number; suggestions: Suggestions | null }
  | { type: "explained"; id: number; explanation: Explanation | null }
  | { type: "renamed"; id: number; imports: ImportChange[] };

export type ToFormat = { id: number; path: string; text: string };
export type FromFormat = { id: number } & ({ ok: true; text: string } | { ok: false; message: string });
