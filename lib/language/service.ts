/**
 * TypeScript's language service over a variant's files, without a disk: files come from the page, declarations of packages from
 * one asset. Runs in a worker; in tests in Node, with declarations read from node_modules.
 */
import ts from "@ts-morph/common/dist/typescript.js";
import { compilerOptions } from "./compiler-options.ts";
import type { Explanation, ImportChange, Problem, Suggestion, Suggestions } from "./types.ts";

/** Files below /node_modules. */
export type Declarations = { read(path: string): string | null };

export type LanguageService = {
  /** null: the file is gone. */
  change(path: string, text: string | null): void;
  /** Files that can be checked, those of /src first. */
  paths(): string[];
  /** The problems of one file. */
  check(path: string): Problem[];
  complete(path: string, offset: number): Suggestions | null;
  explain(path: string, offset: number): Explanation | null;
  /** What imports would have to say if this file or folder got another name. */
  importsAfterRename(path: string, to: string): ImportChange[];
};

/** Where the compiler looks for its own declarations. */
export const LIB_FOLDER = "/node_modules/typescript/lib";
/** What Vite says of imports that are no code, unless the project says it itself; and packages whose types are not here. */
const AMBIENT = "/node_modules/triptych-ambient.d.ts";
const SUGGESTED_AT_MOST = 200;
const LONGEST_NAME_CHARS = 120;

export function createLanguageService(declarations: Declarations): LanguageService {
  const files = new Map<string, { text: string; version: number }>();
  /** Counts every change: the compiler asks it before anything else. */
  let version = 0;
  let options = compilerOptions(null);
  let ambient = ambientFor("");

  const read = (path: string): string | undefined => {
    if (path === AMBIENT) return ambient;
    const own = files.get(path)?.text;
    if (own !== undefined) return own;
    return path.startsWith("/node_modules/") ? (declarations.read(path) ?? undefined) : undefined;
  };
  /** The compiler throws when it is asked about others. */
  const isKnown = (path: string) => files.has(path) && isCode(path);
  const snapshots = new Map<string, ts.IScriptSnapshot>();
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => options,
    getProjectVersion: () => String(version),
    getScriptFileNames: () => [...[...files.keys()].filter(isCode), AMBIENT],
    getScriptVersion: (path) => (path === AMBIENT ? ambient : String(files.get(path)?.version ?? 0)),
    getScriptSnapshot(path) {
      // Declarations never change: each is one snapshot.
      const known = snapshots.get(path);
      if (known) return known;
      const text = read(path);
      if (text === undefined) return undefined;
      const snapshot = ts.ScriptSnapshot.fromString(text);
      if (!files.has(path) && path !== AMBIENT) snapshots.set(path, snapshot);
      return snapshot;
    },
    getCurrentDirectory: () => "/",
    getDefaultLibFileName: () => `${LIB_FOLDER}/lib.d.ts`,
    fileExists: (path) => read(path) !== undefined,
    readFile: read,
    useCaseSensitiveFileNames: () => true,
  };
  const service = ts.createLanguageService(host, ts.createDocumentRegistry(true, "/"));

  return {
    change(path, text) {
      version++;
      if (text === null) files.delete(path);
      else files.set(path, { text, version });
      if (path === "/tsconfig.json") options = compilerOptions(text);
      if (path === "/package.json") ambient = ambientFor(unknownPackages(text, declarations));
    },
    paths: () => [...files.keys()].filter(isCode).sort((one, other) => rank(one) - rank(other)),
    check(path) {
      if (!isKnown(path)) return [];
      const found = [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)];
      return [...found, ...service.getSuggestionDiagnostics(path)].flatMap(
        (each) => problemOf(path, each) ?? [],
      );
    },
    complete(path, offset) {
      if (!isKnown(path)) return null;
      const found = service.getCompletionsAtPosition(path, offset, {
        includeCompletionsWithInsertText: false,
      });
      if (!found) return null;
      const span = found.optionalReplacementSpan ?? wordAt(read(path) ?? "", offset);
      const typed = (read(path) ?? "").slice(span.start, offset).toLowerCase();
      const items = found.entries
        .filter(({ name }) => name.toLowerCase().includes(typed) && name.length <= LONGEST_NAME_CHARS)
        .slice(0, SUGGESTED_AT_MOST)
        .map(({ name, kind, sortText }): Suggestion => ({ label: name, kind, sortText }));
      return { from: span.start, to: span.start + span.length, items };
    },
    explain(path, offset) {
      const found = isKnown(path) ? service.getQuickInfoAtPosition(path, offset) : undefined;
      if (!found) return null;
      const { start, length } = found.textSpan;
      const code = ts.displayPartsToString(found.displayParts);
      return { from: start, to: start + length, code, text: ts.displayPartsToString(found.documentation) };
    },
    importsAfterRename(path, to) {
      const found = service.getEditsForFileRename(path, to, {}, {});
      return found.flatMap(({ fileName, textChanges }) =>
        textChanges.flatMap(({ span, newText }) => {
          const was = (files.get(fileName)?.text ?? "").slice(span.start, span.start + span.length);
          return was === "" || was === newText ? [] : { path: fileName, was, is: newText };
        }),
      );
    },
  };
}

/** Settings of tools name packages that no page has. */
function isCode(path: string): boolean {
  return /\.(?:[cm]?[jt]sx?|json)$/.test(path) && !/config\.\w+$|^\/package\.json$/.test(path);
}

function rank(path: string): number {
  return path.startsWith("/src/") ? 0 : 1;
}

function problemOf(path: string, diagnostic: ts.Diagnostic): Problem | null {
  const { file, start, length, category, code, messageText } = diagnostic;
  if (!file || start === undefined) return null;
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  const isUnused = diagnostic.reportsUnnecessary !== undefined;
  if (category === ts.DiagnosticCategory.Suggestion && !isUnused) return null;
  return {
    path,
    from: start,
    to: start + (length ?? 0),
    line: line + 1,
    column: character + 1,
    severity: category === ts.DiagnosticCategory.Error ? "error" : isUnused ? "hint" : "warning",
    message: ts.flattenDiagnosticMessageText(messageText, "\n"),
    code: `TS${code}`,
  };
}

function wordAt(text: string, offset: number): { start: number; length: number } {
  let start = offset;
  while (start > 0 && /[\w$]/.test(text[start - 1] ?? "")) start--;
  return { start, length: offset - start };
}

/** Packages that a person added: bundled for the page, but without declarations here. */
function unknownPackages(packageJson: string | null, declarations: Declarations): string {
  try {
    const { dependencies = {} } = JSON.parse(packageJson ?? "{}") as {
      dependencies?: Record<string, string>;
    };
    return Object.keys(dependencies)
      .filter((name) => !hasTypes(name, declarations))
      .map(
        (name) => `declare module ${JSON.stringify(name)};\ndeclare module ${JSON.stringify(`${name}/*`)};`,
      )
      .join("\n");
  } catch {
    // It does not parse; its own problems say so.
    return "";
  }
}

function hasTypes(name: string, { read }: Declarations): boolean {
  const scoped = name.startsWith("@") ? name.slice(1).replace("/", "__") : name;
  return (
    read(`/node_modules/${name}/package.json`) !== null ||
    read(`/node_modules/@types/${scoped}/package.json`) !== null
  );
}

const PICTURES = ["png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "svg"];

function ambientFor(unknown: string): string {
  const text = "const text: string;\n  export default text;";
  const modules = [...PICTURES.map((kind) => `*.${kind}`), "*?raw", "*?url", "*?inline"].map(
    (name) => `declare module "${name}" {\n  ${text}\n}`,
  );
  return `${modules.join("\n")}
declare module "*.module.css" {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module "*.css" {}
interface ImportMetaEnv {
  readonly MODE: string;
  readonly DEV: boolean;
  readonly PROD: boolean;
  readonly SSR: boolean;
  readonly BASE_URL: string;
  readonly [name: string]: unknown;
}
interface ImportMeta {
  readonly env: ImportMetaEnv;
}
${unknown}
`;
}
