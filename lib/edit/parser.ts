/**
 * A model's text → edits, while it arrives. One state machine over lines: in prose each line is tested for the beginning of
 * a block, in a block the block reads. Nothing is read twice; any split of the text gives the same edits (edits.md §3).
 */
import type { Block, BlockContext } from "./block.ts";
import { pathInLine } from "./path.ts";
import { opensSearch, SearchReplace } from "./search-replace.ts";
import type { Edit, EditParser, EditResult, EditTarget, StopReason } from "./types.ts";
import { type Fence, pathInInfo, readFence, WholeFile } from "./whole-file.ts";

/** Fences whose content is for a person to read, never a file and never run. */
const SHELL = /^(?:ba|z|fi)?sh\b|^(?:shell|console|terminal|powershell|cmd)\b/i;
const RECENT_LINES = 3;

/** `target` is read whenever a place must be found: it must show every edit that was yielded before. */
export function createEditParser(target: EditTarget): EditParser {
  return new Parser(target);
}

class Parser implements EditParser {
  private readonly context: BlockContext;
  private tail = "";
  private block: Block | null = null;
  /** A fence is open and its first line will say what it holds. */
  private fence: { fence: Fence; path: string | null; opener: string } | null = null;
  /** In a fence that is chat text. */
  private chatFence: Fence | null = null;
  /** A SEARCH block stood in this fence; its closer is only a wrapper. */
  private wrapper: Fence | null = null;
  private recent: string[] = [];
  private prose = "";
  private stop: StopReason = "stop";
  private lastId = 0;

  constructor(target: EditTarget) {
    this.context = {
      target,
      nextId: () => ++this.lastId,
      lastPath: null,
      cursors: new Map(),
      applied: [],
      failed: [],
      warnings: [],
    };
  }

  *push(text: string): Generator<Edit, void, undefined> {
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      const line = this.tail + text.slice(from, at);
      this.tail = "";
      from = at + 1;
      yield* this.line(line.endsWith("\r") ? line.slice(0, -1) : line);
    }
    this.tail += text.slice(from);
    if (this.tail !== "" && this.block) yield* this.block.partial(this.tail);
  }

  *end(stop: StopReason): Generator<Edit, void, undefined> {
    this.stop = stop;
    if (this.tail !== "") {
      const line = this.tail;
      this.tail = "";
      yield* this.line(line);
    }
    if (this.block) yield* this.block.end(stop);
    this.block = null;
    this.flushRecent(0);
  }

  takeProse(): string {
    const prose = this.prose;
    this.prose = "";
    return prose;
  }

  result(): EditResult {
    const { applied, failed, warnings } = this.context;
    return { stop: this.stop, applied: [...applied], failed: [...failed], warnings: [...warnings] };
  }

  private *line(line: string): Generator<Edit, void, undefined> {
    if (this.block) {
      const verdict = yield* this.block.line(line);
      if (verdict === "done") this.block = null;
    } else if (this.fence) yield* this.firstLineOfFence(line, this.fence);
    else if (this.chatFence) this.chatLine(line, this.chatFence);
    else this.proseLine(line);
  }

  private proseLine(line: string): void {
    if (opensSearch(line)) return this.openSearch(line, this.takeRecentPath());
    const fence = readFence(line);
    if (!fence) return this.remember(line);
    if (this.wrapper && fence.info === "" && fence.character === this.wrapper.character) {
      this.wrapper = null;
      return;
    }
    if (SHELL.test(fence.info)) {
      this.chatFence = fence;
      return this.remember(line);
    }
    this.fence = { fence, path: pathInInfo(fence.info) ?? this.takeRecentPath(), opener: line };
  }

  /** Decides what a fence holds: SEARCH blocks, a path and then either, a whole file, or chat text. */
  private *firstLineOfFence(
    line: string,
    open: NonNullable<Parser["fence"]>,
  ): Generator<Edit, void, undefined> {
    this.fence = null;
    if (opensSearch(line)) {
      this.wrapper = open.fence;
      return this.openSearch(line, open.path);
    }
    const inside = open.path === null ? pathInLine(line) : null;
    if (inside !== null) {
      this.fence = { ...open, path: inside };
      return;
    }
    if (open.path !== null) {
      const file = new WholeFile(this.context, open.fence, open.path);
      this.block = file;
      yield* file.open();
      yield* this.line(line);
      return;
    }
    this.remember(open.opener);
    this.chatFence = open.fence;
    this.chatLine(line, open.fence);
  }

  private openSearch(head: string, path: string | null): void {
    this.block = new SearchReplace(this.context, path, head);
  }

  private chatLine(line: string, open: Fence): void {
    this.remember(line);
    const fence = readFence(line);
    if (fence && fence.character === open.character && fence.length >= open.length && fence.info === "") {
      this.chatFence = null;
      this.flushRecent(0);
    }
  }

  private remember(line: string): void {
    this.recent.push(line);
    this.flushRecent(RECENT_LINES);
  }

  private flushRecent(keep: number): void {
    while (this.recent.length > keep) this.prose += `${this.recent.shift()}\n`;
  }

  /** The nearest of the last lines that names a file is taken out of the prose. */
  private takeRecentPath(): string | null {
    for (let at = this.recent.length - 1; at >= 0; at--) {
      const path = pathInLine(this.recent[at] ?? "");
      if (path === null) continue;
      this.recent.splice(at, 1);
      this.flushRecent(0);
      return path;
    }
    this.flushRecent(0);
    return null;
  }
}
