/**
 * The live, mergeable files of one variant: a Y.Doc whose map "files" holds path → Y.Text. A shadow string per file is kept
 * from the events, because `Y.Text.toString()` per token is quadratic (live.md §3.7).
 */
import * as Y from "yjs";
import type { Files } from "#lib/project/files.ts";
import { fnv1a } from "#lib/project/fnv.ts";
import { anchorAt, resolveAnchor } from "./anchor.ts";
import { fileChanges } from "./file-changes.ts";
import { lineSplices } from "./line-diff.ts";
import type { FileChange, Origin } from "./types.ts";

type ChangeListener = (changes: FileChange[], origin: Origin) => void;
type UpdateListener = (bytes: Uint8Array, origin: Origin) => void;

/** Only documents inside documents are told apart by theirs; a random one costs as much as the rest of an empty document. */
const NO_GUID = "";

export class VariantDocument {
  readonly doc: Y.Doc;
  private readonly map: Y.Map<Y.Text>;
  private readonly shadow = new Map<string, string>();
  private readonly changeListeners = new Set<ChangeListener>();
  private readonly updateListeners = new Set<UpdateListener>();

  constructor(doc: Y.Doc = new Y.Doc({ guid: NO_GUID })) {
    this.doc = doc;
    this.map = doc.getMap("files");
    for (const [path, text] of this.map) this.shadow.set(path, text.toString());
    this.map.observeDeep((events, transaction) => this.follow(events, transaction));
    doc.on("update", (bytes: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      for (const listener of [...this.updateListeners]) listener(bytes, originOf(origin, transaction.local));
    });
  }

  /**
   * A document that holds `files`. The same key and files give the same bytes: the Yjs client id comes from the key and
   * paths are sorted, so a second seed of the same commit merges to nothing (live.md §3.5).
   */
  static seed(files: Files, seedKey: string): VariantDocument {
    const seed = new Y.Doc({ guid: NO_GUID });
    seed.clientID = fnv1a(seedKey);
    const map = seed.getMap<Y.Text>("files");
    seed.transact(() => {
      for (const path of [...files.keys()].sort()) map.set(path, new Y.Text(files.get(path)));
    });
    const document = new VariantDocument();
    Y.applyUpdate(document.doc, Y.encodeStateAsUpdate(seed), {
      kind: "system",
      reason: "seed",
    } satisfies Origin);
    seed.destroy();
    return document;
  }

  read(path: string): string | null {
    return this.shadow.get(path) ?? null;
  }

  /** Sorted. */
  paths(): string[] {
    return [...this.shadow.keys()].sort();
  }

  files(): Files {
    return new Map(this.paths().map((path) => [path, this.shadow.get(path) ?? ""]));
  }

  /** For an editor binding; null when there is no such file. */
  text(path: string): Y.Text | null {
    return this.map.get(path) ?? null;
  }

  /** Replaces [start, end) of a file. Throws a RangeError when the file or the range does not exist. */
  splice(path: string, start: number, end: number, text: string, origin: Origin): void {
    const target = this.map.get(path);
    if (!target) throw new RangeError(`there is no file "${path}" to splice`);
    if (start < 0 || end < start || end > target.length) {
      throw new RangeError(`splice [${start}, ${end}) is outside of "${path}" (${target.length} characters)`);
    }
    this.transact(origin, () => {
      // Insert before delete: whoever anchors to the region's end keeps a living character beside it.
      if (text !== "") target.insert(start, text);
      if (end > start) target.delete(start + text.length, end - start);
    });
  }

  /** Makes a file, or replaces the text of one that exists by its line difference. */
  create(path: string, text: string, origin: Origin): void {
    this.transact(origin, () => {
      const before = this.read(path);
      if (before === null) this.map.set(path, new Y.Text(text));
      else this.rewrite(path, before, text, origin);
    });
  }

  remove(path: string, origin: Origin): void {
    if (this.map.has(path)) this.transact(origin, () => this.map.delete(path));
  }

  move(path: string, to: string, origin: Origin): void {
    const text = this.read(path);
    if (text === null) throw new RangeError(`there is no file "${path}" to move`);
    this.transact(origin, () => {
      this.map.delete(path);
      this.create(to, text, origin);
    });
  }

  /** Makes the document hold exactly `files`, as line differences on the live texts. */
  restore(files: Files, origin: Origin): void {
    this.transact(origin, () => {
      for (const path of this.paths()) if (!files.has(path)) this.map.delete(path);
      for (const path of [...files.keys()].sort()) this.create(path, files.get(path) ?? "", origin);
    });
  }

  transact(origin: Origin, work: () => void): void {
    this.doc.transact(work, origin);
  }

  /**
   * The state as it is stored: Yjs' second encoding, which writes the ids of a much edited text as columns (after 200 turns
   * 1.12 × a fresh document, the first encoding 1.21 ×: bench/edits.ts).
   */
  encodeAtRest(): Uint8Array {
    return Y.encodeStateAsUpdateV2(this.doc);
  }

  /** Takes a stored state. The second encoding begins with a zero, the first one with the number of its clients. */
  applyAtRest(bytes: Uint8Array, origin: Origin): void {
    if (bytes[0] === 0 && bytes.length > 2) Y.applyUpdateV2(this.doc, bytes, origin);
    else Y.applyUpdate(this.doc, bytes, origin);
  }

  /** Never throws: malformed bytes are refused before they touch the document. */
  applyUpdate(bytes: Uint8Array, origin: Origin): { ok: true } | { ok: false; reason: string } {
    try {
      Y.decodeUpdate(bytes);
      Y.applyUpdate(this.doc, bytes, origin);
      return { ok: true };
    } catch (error) {
      return { ok: false, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Applies bytes and says whether they brought anything, or wait for others that have not arrived. */
  takes(bytes: Uint8Array, origin: Origin): boolean {
    let isNew = false;
    const stop = this.onUpdate(() => {
      isNew = true;
    });
    const applied = this.applyUpdate(bytes, origin);
    stop();
    return applied.ok && (isNew || this.hasPending());
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.doc);
  }

  encodeState(since?: Uint8Array): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc, since);
  }

  /** True while changes wait for others that have not arrived. */
  hasPending(): boolean {
    return this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null;
  }

  onUpdate(listener: UpdateListener): () => void {
    this.updateListeners.add(listener);
    return () => this.updateListeners.delete(listener);
  }

  onChange(listener: ChangeListener): () => void {
    this.changeListeners.add(listener);
    return () => this.changeListeners.delete(listener);
  }

  /** A place that moves with the text, as base64 of a Yjs relative position; null when there is no such file. */
  anchor(path: string, offset: number, side: "start" | "end"): string | null {
    const text = this.map.get(path);
    return text ? anchorAt(text, offset, side) : null;
  }

  /** Where an anchor is now; null when its file or the anchor is gone. */
  resolve(path: string, anchor: string): number | null {
    const text = this.map.get(path);
    return text ? resolveAnchor(this.doc, text, anchor) : null;
  }

  destroy(): void {
    this.changeListeners.clear();
    this.updateListeners.clear();
    this.doc.destroy();
  }

  private rewrite(path: string, before: string, after: string, origin: Origin): void {
    for (const { start, end, text } of lineSplices(before, after).reverse())
      this.splice(path, start, end, text, origin);
  }

  private follow(events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction): void {
    const changes = fileChanges(events, this.map);
    for (const change of changes) this.shadowChange(change);
    const origin = originOf(transaction.origin, transaction.local);
    if (changes.length > 0) for (const listener of [...this.changeListeners]) listener(changes, origin);
  }

  private shadowChange(change: FileChange): void {
    if (change.type === "create") this.shadow.set(change.path, change.text);
    else if (change.type === "delete") this.shadow.delete(change.path);
    else {
      const text = this.shadow.get(change.path) ?? "";
      this.shadow.set(change.path, text.slice(0, change.start) + change.text + text.slice(change.end));
    }
  }
}

/** An editor binding passes its own object as origin: what is local and not named by us is a person's typing. */
function originOf(origin: unknown, local: boolean): Origin {
  if (origin && typeof origin === "object" && "kind" in origin) return origin as Origin;
  return local ? { kind: "person", clientId: "editor" } : { kind: "remote" };
}
