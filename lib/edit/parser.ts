/**
 * A model's text → edits, while it arrives. One state machine over lines: in prose each line is tested for the beginning of
 * a block, in a block the block reads. Nothing is read twice; any split of the text gives the same edits (edits.md §3).
 */
import type { Block, BlockContext, Format, Opening } from "./block.ts";
import { closesFence, type Fence, pathInInfo, readFence } from "./fence.ts";
import { LineSplitter } from "./line-splitter.ts";
import { normalisePath, pathInLine, pathInSentence } from "./path.ts";
import { searchReplace } from "./search-replace.ts";
import { failWaiting } from "./settle.ts";
import { ToolCall } from "./tool-call.ts";
import type { Edit, EditParser, EditResult, EditTarget, StopReason, ToolCallParser } from "./types.ts";
import { unifiedDiff } from "./unified-diff.ts";
import { v4a } from "./v4a.ts";
import { WholeFile } from "./whole-file.ts";
import { Workspace } from "./workspace.ts";
import { xml } from "./xml.ts";

/** Tested in this order; whole files are what a fence with a path holds when none of these fits. */
const FORMATS: readonly Format[] = [v4a, searchReplace, unifiedDiff, xml];

/** Fences whose content is for a person to read, never a file and never run. */
const SHELL = /^(?:ba|z|fi)?sh\b|^(?:shell|console|terminal|powershell|cmd)\b/i;
const THINKING = /^\s*<(think|thinking|antThinking|reasoning)>/;
const RECENT_LINES = 3;

/** `target` is read whenever a place must be found: it must show every edit that was yielded before. */
export function createEditParser(target: EditTarget): EditParser {
  return new Parser(contextOf(target));
}

function contextOf(target: EditTarget): BlockContext {
  let lastId = 0;
  const context: BlockContext = {
    workspace: new Workspace(target),
    nextId: () => ++lastId,
    openNested(path) {
      const named = path === null ? null : normalisePath(path, target.paths());
      if (named?.ok) context.lastPath = named.path;
      return new Parser(context, true);
    },
    lastPath: null,
    cursors: new Map(),
    waiting: new Map(),
    applied: [],
    failed: [],
    warnings: [],
  };
  return context;
}

/** `isSaid`: the path was only mentioned in a sentence; what follows may be no more than a piece of the file. */
type OpenFence = { fence: Fence; path: string | null; isSaid: boolean; opener: string };

class Parser implements EditParser {
  private readonly context: BlockContext;
  private block: Block | null = null;
  /** A fence is open and its first line will say what it holds. */
  private fence: OpenFence | null = null;
  /** In a fence that is chat text. */
  private chatFence: Fence | null = null;
  /** A block stood in this fence; its closer is only a wrapper. */
  private wrapper: Fence | null = null;
  /** What closes the model's thinking, which is prose whatever stands in it. */
  private thinking: string | null = null;
  private recent: string[] = [];
  private prose = "";
  private stop: StopReason = "stop";
  private readonly isNested: boolean;
  private readonly splitter = new LineSplitter();

  constructor(context: BlockContext, isNested = false) {
    this.context = context;
    this.isNested = isNested;
  }

  push(text: string): Generator<Edit, void, undefined> {
    return this.splitter.push(text, this);
  }

  openTool(name: string): ToolCallParser {
    return new ToolCall(this.context, name);
  }

  *end(stop: StopReason): Generator<Edit, void, undefined> {
    this.stop = stop;
    const rest = this.splitter.takeRest();
    if (rest !== "") yield* this.line(rest);
    // What a block gives back may open another one.
    while (this.block) {
      const block: Block = this.block;
      this.block = null;
      yield* block.end(stop);
      yield* this.readAgain(block);
    }
    if (!this.isNested) yield* failWaiting(this.context);
    this.flushRecent(0);
  }

  takeProse(): string {
    const prose = this.prose;
    this.prose = "";
    return prose;
  }

  /** Whole lines that are prose unless a block begins right behind them; lines that name a file are left out. */
  heldProse(): string {
    return this.recent.filter((line) => pathInLine(line) === null).join("\n");
  }

  result(): EditResult {
    const { applied, failed, warnings } = this.context;
    return { stop: this.stop, applied: [...applied], failed: [...failed], warnings: [...warnings] };
  }

  *partial(more: string): Generator<Edit, void, undefined> {
    if (this.block) yield* this.block.partial(more);
  }

  *line(line: string): Generator<Edit, void, undefined> {
    if (this.block) yield* this.blockLine(this.block, line);
    else if (this.fence) yield* this.firstLineOfFence(line, this.fence);
    else if (this.chatFence) yield* this.chatFenceLine(line, this.chatFence);
    else if (this.thinking) this.thinkingLine(line, this.thinking);
    else yield* this.proseLine(line);
  }

  private *blockLine(block: Block, line: string): Generator<Edit, void, undefined> {
    const verdict = yield* block.line(line);
    if (verdict === "more") return;
    this.block = null;
    yield* this.readAgain(block);
  }

  private *readAgain(block: Block): Generator<Edit, void, undefined> {
    for (const line of block.returned ?? []) yield* this.line(line);
  }

  private *proseLine(line: string): Generator<Edit, void, undefined> {
    const opening = { line, previous: this.recent.at(-1) ?? null, path: null, fenceInfo: null };
    const format = formatOf(opening);
    if (format) return yield* this.openBlock(format, opening);
    const thinking = THINKING.exec(line);
    if (thinking) {
      this.thinking = `</${thinking[1]}>`;
      return this.thinkingLine(line, this.thinking);
    }
    const fence = readFence(line);
    if (!fence) return this.remember(line);
    if (this.wrapper && fence.info === "" && fence.character === this.wrapper.character) {
      this.wrapper = null;
      return;
    }
    if (SHELL.test(fence.info)) {
      this.fence = { fence, path: null, isSaid: false, opener: line };
      return;
    }
    const inInfo = pathInInfo(fence.info);
    const named = inInfo === null ? this.takeRecentPath() : { path: inInfo, isSaid: false };
    this.fence = { fence, path: named?.path ?? null, isSaid: named?.isSaid ?? false, opener: line };
  }

  /** Decides what a fence holds: a block of a format, a path and then either, a whole file, or chat text. */
  private *firstLineOfFence(line: string, open: OpenFence): Generator<Edit, void, undefined> {
    this.fence = null;
    const opening = { line, previous: null, path: open.path, fenceInfo: open.fence.info };
    const format = formatOf(opening);
    if (format) {
      this.wrapper = open.fence;
      return yield* this.openBlock(format, opening);
    }
    const isShell = SHELL.test(open.fence.info);
    const inside = open.path === null && !isShell ? pathInLine(line) : null;
    if (inside !== null) {
      this.fence = { ...open, path: inside, isSaid: false };
      return;
    }
    if (open.path !== null) {
      const file = new WholeFile(this.context, open.fence, { path: open.path, isSaid: open.isSaid });
      this.block = file;
      yield* file.open();
      return yield* this.line(line);
    }
    this.remember(open.opener);
    this.chatFence = open.fence;
    this.chatLine(line, open.fence);
  }

  private *openBlock(format: Format, opening: Opening): Generator<Edit, void, undefined> {
    if (format.usesPrevious?.(opening)) this.recent.pop();
    const path = opening.path ?? (format.wantsPath ? (this.takeRecentPath()?.path ?? null) : null);
    this.flushRecent(0);
    const block = format.create(this.context, { ...opening, path });
    this.block = block;
    if (!block.open) return;
    const verdict = yield* block.open();
    if (verdict === "more") return;
    this.block = null;
    yield* this.readAgain(block);
  }

  /** A patch is one wherever it stands, in a shell fence too. */
  private *chatFenceLine(line: string, open: Fence): Generator<Edit, void, undefined> {
    const format = FORMATS.find((each) => each.opensInChat?.(line));
    if (!format) return this.chatLine(line, open);
    this.chatFence = null;
    this.wrapper = open;
    yield* this.openBlock(format, { line, previous: null, path: null, fenceInfo: open.info });
  }

  private chatLine(line: string, open: Fence): void {
    this.remember(line);
    if (!closesFence(line, open)) return;
    this.chatFence = null;
    this.flushRecent(0);
  }

  private thinkingLine(line: string, closer: string): void {
    this.flushRecent(0);
    this.prose += `${line}\n`;
    if (line.includes(closer)) this.thinking = null;
  }

  private remember(line: string): void {
    this.recent.push(line);
    this.flushRecent(RECENT_LINES);
  }

  private flushRecent(keep: number): void {
    while (this.recent.length > keep) this.prose += `${this.recent.shift()}\n`;
  }

  /** The nearest of the last lines that names a file. When it does nothing else it is taken out of the prose. */
  private takeRecentPath(): { path: string; isSaid: boolean } | null {
    let found: { path: string; isSaid: boolean } | null = null;
    for (let at = this.recent.length - 1; at >= 0 && !found; at--) {
      const line = this.recent[at] ?? "";
      const alone = pathInLine(line);
      const path = alone ?? pathInSentence(line);
      if (path !== null) found = { path, isSaid: alone === null };
      if (alone !== null) this.recent.splice(at, 1);
    }
    this.flushRecent(0);
    return found;
  }
}

function formatOf(opening: Opening): Format | null {
  return FORMATS.find((format) => format.opens(opening)) ?? null;
}
