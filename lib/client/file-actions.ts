/**
 * Making, renaming and deleting files as a person's edits of the live document. Each can be taken back: what undoes it is worked
 * out on the files as they are then, so that what others wrote since is moved along or stops it, and is never lost.
 */
import type { Origin } from "#lib/document/types.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import type { ImportChange } from "#lib/language/types.ts";
import { checkFileName } from "#lib/project/file-name.ts";
import { limits } from "#lib/project/limits.ts";

/** What one thing does to one file. Each has an opposite. */
type Step =
  | { type: "add"; path: string; text: string }
  /** `text`: what it held; another text stops an undo. */
  | { type: "remove"; path: string; text: string | null }
  | { type: "move"; path: string; to: string }
  | { type: "replace"; path: string; from: string; to: string }
  /** Where the file does not say it any more, it is left alone. */
  | ({ type: "import" } & ImportChange);
type Done = { words: string; back: Step[] };

/** `path`: what to look at next. */
export type FileActionResult =
  | { ok: true; words: string; path: string | null }
  | { ok: false; message: string };

export type FileActions = {
  create(name: string, text: string): FileActionResult;
  /** Makes the file, or gives one that exists another text. */
  upload(name: string, text: string): FileActionResult;
  /** A file, or a folder ("/src/parts") with all that lies in it. */
  rename(path: string, name: string, imports?: readonly ImportChange[]): FileActionResult;
  remove(path: string): FileActionResult;
  undo(): FileActionResult | null;
  redo(): FileActionResult | null;
};

const ORIGIN: Origin = { kind: "person", clientId: "files" };
/** One edit travels as one update; some of its bytes are Yjs' own. */
const ONE_EDIT_BYTES = limits.updateBytes - 8 * 1024;
const KEPT_UNDOS = 50;

const known = new WeakMap<VariantDocument, FileActions>();

/** The same for as long as the page has the document: the drawer may close in between. */
export function fileActionsOf(document: VariantDocument): FileActions {
  const actions = known.get(document) ?? createFileActions(document);
  known.set(document, actions);
  return actions;
}

function createFileActions(document: VariantDocument): FileActions {
  const undos: Done[] = [];
  const redos: Done[] = [];

  function act(words: string, steps: Step[]): FileActionResult {
    const refused = refusalOf(document, steps);
    if (refused !== null) return { ok: false, message: refused };
    redos.length = 0;
    undos.push({ words, back: take(document, steps) });
    if (undos.length > KEPT_UNDOS) undos.shift();
    return { ok: true, words, path: pathAfter(steps) };
  }

  function back(from: Done[], to: Done[], verb: string): FileActionResult | null {
    const last = from.at(-1);
    if (!last) return null;
    const refused = refusalOf(document, last.back);
    if (refused !== null) return { ok: false, message: `This cannot be ${verb}: ${refused}` };
    from.pop();
    to.push({ words: last.words, back: take(document, last.back) });
    return { ok: true, words: `${capital(verb)}: ${last.words}`, path: pathAfter(last.back) };
  }

  return {
    create(name, text) {
      const checked = checkFileName(name, document.paths());
      if (!checked.ok) return checked;
      return act(`Made ${checked.path}`, [{ type: "add", path: checked.path, text }]);
    },
    upload(name, text) {
      const path = name.startsWith("/") ? name : `/${name}`;
      const before = document.read(path);
      if (before === null) return this.create(path, text);
      return act(`Replaced ${path}`, [{ type: "replace", path, from: before, to: text }]);
    },
    rename(path, name, imports = []) {
      const moved = movesOf(document, path, name);
      if ("message" in moved) return { ok: false, message: moved.message };
      const changed = imports.map((change): Step => ({ type: "import", ...change }));
      const words =
        changed.length === 0
          ? ""
          : `, and in ${changed.length === 1 ? "an import" : `${changed.length} imports`}`;
      return act(`Renamed ${path} to ${moved.to}${words}`, [...changed, ...moved.steps]);
    },
    remove(path) {
      const paths = pathsBelow(document, path);
      const steps = paths.map((each): Step => ({ type: "remove", path: each, text: null }));
      return act(`Deleted ${path}${paths.length > 1 ? ` with its ${paths.length} files` : ""}`, steps);
    },
    undo: () => back(undos, redos, "undone"),
    redo: () => back(redos, undos, "done again"),
  };
}

function movesOf(
  document: VariantDocument,
  path: string,
  name: string,
): { steps: Step[]; to: string } | { message: string } {
  const paths = pathsBelow(document, path);
  const isFolder = document.read(path) === null;
  const to = `/${name.trim().replace(/^\.?\/+|\/+$/g, "")}`;
  if (to === path) return { message: "That is its name already." };
  if (isFolder && to.startsWith(`${path}/`))
    return { message: `${to} lies in ${path} itself. Choose another place.` };
  const others = document.paths().filter((each) => !paths.includes(each));
  const steps: Step[] = [];
  for (const each of paths) {
    const checked = checkFileName(to + each.slice(path.length), others);
    if (!checked.ok) return checked;
    steps.push({ type: "move", path: each, to: checked.path });
  }
  return { steps, to };
}

/** The file itself, or the files of the folder. */
function pathsBelow(document: VariantDocument, path: string): string[] {
  return document.paths().filter((each) => each === path || each.startsWith(`${path}/`));
}

/** Why the steps are not possible now, all of them together; null when they are. */
function refusalOf(document: VariantDocument, steps: readonly Step[]): string | null {
  if (steps.length === 0) return "there is no such file any more.";
  const bytes = new Map(document.paths().map((path) => [path, bytesOf(document.read(path) ?? "")]));
  for (const step of steps) {
    const refused = stepRefusal(document, step);
    if (refused !== null) return refused;
    const before = bytes.get(step.path) ?? 0;
    if (step.type === "remove" || step.type === "move") bytes.delete(step.path);
    if (step.type === "move") bytes.set(step.to, before);
    if (step.type === "add") bytes.set(step.path, bytesOf(step.text));
    if (step.type === "replace") bytes.set(step.path, bytesOf(step.to));
  }
  const adds = steps.some(({ type }) => type === "add" || type === "replace");
  return adds ? overLimit([...bytes.values()]) : null;
}

function stepRefusal(document: VariantDocument, step: Step): string | null {
  const { path } = step;
  if (step.type === "import") return null;
  const now = document.read(path);
  if (step.type === "add") {
    if (now !== null) return `there is ${path} again. Rename or delete it first.`;
    return tooLarge(path, step.text);
  }
  if (now === null) return `${path} is not there any more.`;
  if (step.type === "remove") return step.text === null || step.text === now ? null : changed(path);
  if (step.type === "replace") return step.from === now ? tooLarge(path, step.to) : changed(path);
  if (document.read(step.to) !== null) return `there is ${step.to} again. Rename or delete it first.`;
  return tooLarge(path, now);
}

function changed(path: string): string {
  return `${path} has been changed since, and that would be lost. Change it by hand.`;
}

function tooLarge(path: string, text: string): string | null {
  const bytes = bytesOf(text);
  if (bytes <= Math.min(ONE_EDIT_BYTES, limits.fileBytes)) return null;
  return `${path} has ${kilobytes(bytes)}; a file that is put in at once may have ${kilobytes(ONE_EDIT_BYTES)}. Make it smaller, or take a smaller picture.`;
}

function overLimit(sizes: readonly number[]): string | null {
  if (sizes.length > limits.filesPerVariant)
    return `This would be file ${sizes.length}; a variant may have ${limits.filesPerVariant}. Delete one first.`;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= limits.variantBytes) return null;
  return `The variant would have ${kilobytes(total)}; up to ${kilobytes(limits.variantBytes)} are possible. Delete or shorten something first.`;
}

/** Does the steps, each as one edit, and returns what takes them back. */
function take(document: VariantDocument, steps: readonly Step[]): Step[] {
  const back: Step[] = [];
  for (const step of steps) {
    back.unshift(opposite(document, step));
    if (step.type === "add") document.create(step.path, step.text, ORIGIN);
    else if (step.type === "replace") document.create(step.path, step.to, ORIGIN);
    else if (step.type === "remove") document.remove(step.path, ORIGIN);
    else if (step.type === "import") changeImports(document, step);
    else document.move(step.path, step.to, ORIGIN);
  }
  return back;
}

function opposite(document: VariantDocument, step: Step): Step {
  switch (step.type) {
    case "add":
      return { type: "remove", path: step.path, text: step.text };
    case "remove":
      return { type: "add", path: step.path, text: document.read(step.path) ?? "" };
    case "move":
      return { type: "move", path: step.to, to: step.path };
    case "import":
      return { ...step, was: step.is, is: step.was };
    case "replace":
      return { type: "replace", path: step.path, from: step.to, to: step.from };
    default:
      return step satisfies never;
  }
}

/** From the last to the first, so that places before stay where they are. */
function changeImports(document: VariantDocument, { path, was, is }: ImportChange): void {
  const text = document.read(path) ?? "";
  for (const quote of ['"', "'"]) {
    const wanted = quote + was + quote;
    for (let at = text.lastIndexOf(wanted); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(wanted, at - 1))
      document.splice(path, at + 1, at + 1 + was.length, is, ORIGIN);
  }
}

function pathAfter(steps: readonly Step[]): string | null {
  const first = steps.find(({ type }) => type !== "import");
  if (!first || first.type === "remove") return null;
  return first.type === "move" ? first.to : first.path;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024)} KB`;
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
