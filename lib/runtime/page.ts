/**
 * The page being previewed: documents and drafts in, pixels out. While a model writes, what does not run keeps the last good
 * page and says nothing; when it has ended, the truth is shown.
 */
import type { SourceTag } from "../edit/tags.ts";
import type { ApplyResult, Area, PreviewError, ToFrame } from "../preview/protocol.ts";
import { brokenPaths, setQuiet } from "./boundary.ts";
import { describeError } from "./errors.ts";
import { Files } from "./files.ts";
import { Healer } from "./heal.ts";
import { expectUnfinished } from "./loop-guard.ts";
import { Modules, StillLoading } from "./modules.ts";
import { dropPackageStyles, onPackageLoaded, preparePackages, usePackagesOf } from "./packages.ts";
import { holdPlace, watchPlace } from "./place.ts";
import { isBlank, onRenderError, takeRenderError } from "./react.ts";
import { createSchedule } from "./schedule.ts";
import { watchSeen } from "./seen.ts";
import { sourceTag } from "./source-range.ts";
import { sheetsInOrder, sheetText } from "./style-sheets.ts";
import { Styles } from "./styles.ts";
import { createWash } from "./wash.ts";

export type PageEvents = {
  applied(seq: number, result: ApplyResult, ms: number): void;
  /** `isBlank`: nothing of the page is there. */
  painted(seq: number, isBlank: boolean): void;
  resync(path: string): void;
  error(error: PreviewError | null): void;
  css(seq: number, css: string): void;
  /** What a turn changed, to be washed. */
  changed(areas: (Area & { key: number })[], isMoved: boolean): void;
};

/** Candidates tried per change; more would cost more than the next frame brings. */
const MAX_TRIES = 5;
/** After so long without a change. */
const TIDY_MS = 400;
/** What is worst of several files is the result of the run. */
const SEVERITY: ApplyResult[] = ["ok", "healed", "kept", "failed"];

export class Page {
  private readonly events: PageEvents;
  private readonly files = new Files();
  private readonly modules = new Modules((path) => this.files.read(path) ?? this.ghosts.get(path) ?? null);
  private readonly styles = new Styles();
  private readonly schedule = createSchedule(() => this.run());
  /** New files of which only a draft exists, as they were last healed. */
  private readonly ghosts = new Map<string, string>();
  private readonly healers = new Map<string, Healer>();
  private readonly wash = createWash((areas, isMoved) => this.events.changed(areas, isMoved));
  private readonly dirty = new Set<string>();
  /** Paths whose newest text is not what runs. */
  private readonly unsettled = new Set<string>();
  private entry = "";
  private booted = false;
  private boots = 0;
  private compiling = false;
  private isUnseen = false;
  private tidyTimer: ReturnType<typeof setTimeout> | undefined;
  private toldCss = "";
  private streaming = false;
  private isEdited = false;
  private isBusy = false;
  private shown: string | null = null;
  /** What was thrown last while a model wrote. */
  private held: { error: unknown; path: string } | null = null;
  private seq = 0;

  constructor(events: PageEvents) {
    this.events = events;
    usePackagesOf(this.files);
    watchPlace();
    watchSeen((isSeen) => {
      this.isUnseen = !isSeen;
      this.pauseUnseen();
    });
    // Two copies of a package would not know each other: when one takes the other's place, the page starts anew.
    onPackageLoaded((isSwap) => (isSwap && this.booted ? void this.boot() : this.retryUnsettled()));
    onRenderError(() => {
      if (!this.isBusy) this.pageThrew(takeRenderError());
    });
    addEventListener("error", ({ error, message }) => this.pageThrew(error ?? message));
    addEventListener("unhandledrejection", ({ reason }) => this.pageThrew(reason));
    addEventListener("scroll", () => this.wash.follow(), { capture: true, passive: true });
  }

  take(message: ToFrame): void {
    if ("seq" in message) this.seq = message.seq;
    if (message.type === "triptych:files") void this.takeFiles(message);
    else if (message.type === "triptych:streaming") this.setStreaming(message.on);
    else if (message.type === "triptych:reload") void this.boot();
    else if (message.type === "triptych:pace") this.schedule.setPace(message.minMs);
    const taken = this.files.take(message);
    if (taken && "resync" in taken) this.events.resync(taken.resync);
    else if (taken) this.touch(taken.changed);
  }

  /** A model writes, or a draft is open. */
  isWritten(): boolean {
    return this.streaming || this.files.hasDrafts();
  }

  /** A tag that ran, as it stands in the document now; null while it is being written. */
  tagAt({
    path,
    index,
  }: {
    path: string;
    index: number;
  }): { path: string; tag: SourceTag; source: string } | null {
    const ran = this.modules.ran(path);
    const now = this.files.read(path);
    if (ran === null || now === null) return null;
    const tag = sourceTag({ path, now, ...ran }, index);
    return tag && { path, tag, source: now };
  }

  /** While somebody edits a text in place nothing runs: the caret would be lost. */
  setEditing(on: boolean): void {
    this.isEdited = on;
    this.pauseUnseen();
  }

  /** Returns whether nothing was changed or written since. */
  watchStill(): () => boolean {
    const { seq } = this;
    return () => seq === this.seq && !this.isWritten() && !this.isEdited;
  }

  private async takeFiles(message: Extract<ToFrame, { type: "triptych:files" }>): Promise<void> {
    const isNew = !this.booted || message.reset;
    this.files.replaceAll(message.files, message.drafts);
    this.streaming = message.streaming;
    setQuiet(message.streaming);
    if (isNew) {
      this.ghosts.clear();
      this.modules.forgetAll();
      await this.boot(message.css);
    } else for (const path of this.files.paths()) this.touch(path);
  }

  /** Runs the whole page anew: body of index.html, styles, then the entry. With known styles nothing waits for Tailwind. */
  private async boot(css: string | null = null): Promise<void> {
    const mine = ++this.boots;
    this.booted = false;
    const sources = this.sources();
    if (css !== null) this.styles.preset(css);
    await Promise.all([css === null ? this.useStyles() : null, preparePackages()]);
    // Newer files came meanwhile.
    if (mine !== this.boots) return;
    for (const source of sources) this.styles.scan(source);
    const html = this.files.read("/index.html") ?? "";
    showBody(html);
    dropPackageStyles();
    this.dirty.clear();
    this.unsettled.clear();
    this.modules.forgetCompiled();
    this.booted = true;
    this.guarded(() => void this.start(entryOf(html)));
    for (const path of this.files.paths()) if (this.files.toPaint(path)?.open) this.touch(path);
    this.afterPaint();
    if (css !== null) this.compileLater();
    else this.tidyLater();
  }

  /** Tailwind behind the first paint; what changes meanwhile waits for it, so that no unstyled frame is shown. */
  private compileLater(): void {
    this.schedule.setPaused(true);
    this.compiling = true;
    requestAnimationFrame(() =>
      setTimeout(() => {
        void this.useStyles().finally(() => {
          this.compiling = false;
          this.pauseUnseen();
          this.tidyLater();
        });
      }),
    );
  }

  private sources(): string[] {
    return this.files
      .paths()
      .filter(isCode)
      .map((path) => this.files.read(path) ?? "");
  }

  /** Once it is quiet: classes that only half-written texts named are forgotten, and the host hears of the styles. */
  private tidyLater(): void {
    clearTimeout(this.tidyTimer);
    this.tidyTimer = setTimeout(() => void this.tidy(), TIDY_MS);
  }

  private async tidy(): Promise<void> {
    if (this.streaming || !this.booted || this.compiling) return;
    const { seq } = this;
    if (this.styles.forgetUnnamed(this.sources())) await this.useStyles();
    const css = this.styles.css();
    if (seq !== this.seq || this.unsettled.size > 0 || css === this.toldCss) return;
    this.toldCss = css;
    this.events.css(seq, css);
  }

  /** Frames that nobody can see wait for the end of what is written. */
  private pauseUnseen(): void {
    this.schedule.setPaused(this.compiling || this.isEdited || (this.isUnseen && this.streaming));
  }

  private start(entry: string): ApplyResult {
    this.entry = entry;
    this.modules.forgetUnrun();
    try {
      this.modules.start(entry);
      this.clearError();
      return this.settle(entry);
    } catch (error) {
      if (!this.modules.has(entry)) this.unsettled.add(entry);
      if (error instanceof StillLoading) return "kept";
      this.tell(error, entry);
      // What a boundary holds is told; nothing was rendered when the entry itself did not run.
      if (!this.modules.has(entry)) this.modules.startWithout(entry);
      return "failed";
    }
  }

  private touch(path: string): void {
    this.dirty.add(path);
    if (this.booted) this.schedule.request();
  }

  private setStreaming(on: boolean): void {
    this.streaming = on;
    setQuiet(on);
    this.pauseUnseen();
    if (on) return;
    this.healers.clear();
    this.retryUnsettled();
    if (this.booted) this.schedule.request();
  }

  private retryUnsettled(): void {
    for (const path of this.unsettled) this.touch(path);
  }

  private run(): void {
    if (!this.booted) return;
    const { seq } = this;
    const startedAt = performance.now();
    const paths = [...this.dirty];
    this.dirty.clear();
    let worst: ApplyResult = "ok";
    const letGo = holdPlace();
    const paint = () =>
      this.guarded(() => {
        for (const path of paths) {
          const result = this.paint(path);
          if (SEVERITY.indexOf(result) > SEVERITY.indexOf(worst)) worst = result;
        }
      });
    if (this.streaming && !this.isUnseen) this.wash.during(paint);
    else paint();
    letGo();
    // A file that has just begun to run may be what others were waiting for.
    if (worst === "ok" && this.unsettled.size > 0 && paths.some((path) => !this.unsettled.has(path)))
      this.retryOthers(paths);
    this.clearWhenSettled();
    this.tellHeld();
    this.events.applied(seq, worst, performance.now() - startedAt);
    this.afterPaint();
    this.tidyLater();
  }

  private retryOthers(done: string[]): void {
    for (const path of this.unsettled) if (!done.includes(path)) this.dirty.add(path);
    if (this.dirty.size > 0) this.schedule.request();
  }

  /** One file's newest text into the page. */
  private paint(path: string): ApplyResult {
    const source = this.files.toPaint(path);
    if (source === null) {
      this.ghosts.delete(path);
      return "ok";
    }
    if (path.endsWith(".css")) return this.paintCss(path);
    if (isCode(path)) this.styles.scan(source.open?.partial ?? source.text);
    const isMissing = this.files.read(path) === null;
    if (isMissing && source.open) return this.paintGhost(path, source.open);
    if (!this.modules.has(path) && !this.unsettled.has(path)) return this.importersMayWait(path);
    // It never ran, and what it lacked may be there now.
    if (path === this.entry && !this.modules.has(path)) return this.start(path);
    if (source.open || this.streaming) return this.paintUnfinished(path, source);
    const error = this.tryText(path, source.text);
    if (!error) return this.ran(path);
    this.unsettled.add(path);
    if (error instanceof StillLoading) return "kept";
    this.tell(error, path);
    return "failed";
  }

  /** A file that nobody runs yet: others may have failed because it was missing. */
  private importersMayWait(path: string): ApplyResult {
    if (this.unsettled.size > 0 && !this.unsettled.has(path)) this.retryOthers([path]);
    return "ok";
  }

  private paintUnfinished(
    path: string,
    { text, open }: { text: string; open: { before: string; partial: string; after: string } | null },
  ): ApplyResult {
    // A draft is nearly always cut in the middle: trying it as it is would cost a compile for nothing.
    if (!open && !this.tryText(path, text)) return this.ran(path);
    this.unsettled.add(path);
    const { before, partial, after } = open ?? { before: "", partial: text, after: "" };
    let tries = 0;
    for (const candidate of this.healerOf(path).healed(path, before, partial, after)) {
      if (++tries > MAX_TRIES || this.losesComponent(path, candidate)) break;
      if (!this.tryText(path, candidate, true)) return "healed";
    }
    return "kept";
  }

  /** A new file of which only a draft exists: it runs only if somebody imports it already. */
  private paintGhost(
    path: string,
    { before, partial, after }: { before: string; partial: string; after: string },
  ): ApplyResult {
    for (const candidate of this.healerOf(path).healed(path, before, partial, after)) {
      this.ghosts.set(path, candidate);
      return this.modules.has(path) && this.tryText(path, candidate) ? "kept" : "healed";
    }
    return "kept";
  }

  private healerOf(path: string): Healer {
    const healer = this.healers.get(path) ?? new Healer();
    this.healers.set(path, healer);
    return healer;
  }

  private losesComponent(path: string, candidate: string): boolean {
    return this.modules.hasDefault(path) && !/(?:return|=>)\s*\(?\s*</.test(candidate);
  }

  /** Null when it runs now (or did already). */
  private tryText(path: string, text: string, isUnfinished = false): unknown {
    try {
      const compiled = this.modules.compile(path, text);
      if (compiled === null) return null;
      return this.modules.replace(path, text, compiled, isUnfinished) ?? null;
    } catch (error) {
      return error;
    }
  }

  /** The entry runs also where notes stand for the files that it lacked: it is settled when these run, and they may now. */
  private ran(path: string): ApplyResult {
    return path === this.entry && this.modules.hasStandIns() ? this.start(path) : this.settle(path);
  }

  private settle(path: string): ApplyResult {
    this.unsettled.delete(path);
    return "ok";
  }

  private paintCss(path: string): ApplyResult {
    void this.useStyles(path);
    if (!path.endsWith(".module.css") || !this.modules.has(path)) return "ok";
    return this.tryText(path, this.sheet(path) ?? "") ? "kept" : "ok";
  }

  private async useStyles(path = "/src/index.css"): Promise<void> {
    const html = this.files.read("/index.html") ?? "";
    const order = sheetsInOrder(html, entryOf(html), (each) => this.files.read(each));
    const read = (each: string) => {
      const text = this.sheet(each);
      return text === null ? null : sheetText(each, text);
    };
    try {
      await this.styles.use({ order, read });
      this.unsettled.delete(path);
      this.clearWhenSettled();
    } catch (error) {
      this.unsettled.add(path);
      this.tell(error, path);
    }
  }

  /**
   * A style sheet's text as it can be shown now: what is half written is closed, and stands behind what it takes the place of. Rules that
   * come later win, so a page changes line by line and never loses the colours that are not written yet.
   */
  private sheet(path: string): string | null {
    const source = this.files.toPaint(path);
    if (!source?.open) return source?.text ?? null;
    const { before, old, partial, after } = source.open;
    const [closed] = this.healerOf(path).healed(path, `${before}${old}\n`, partial, after);
    return closed ?? source.text;
  }

  private guarded(work: () => void): void {
    this.isBusy = true;
    expectUnfinished(this.isWritten());
    try {
      work();
    } finally {
      this.isBusy = false;
    }
  }

  private pageThrew(error: unknown): void {
    if (!this.isBusy) this.tell(error, "");
  }

  /** Held back while a model writes: what is wrong then is usually only unfinished. */
  private tell(error: unknown, path: string): void {
    if (this.isWritten()) {
      this.held = { error, path };
      return;
    }
    const described = describeError(error, path);
    const key = JSON.stringify(described);
    if (key === this.shown) return;
    this.shown = key;
    this.events.error(described);
  }

  /** What still stands broken when the model has written, and its last text has been tried. */
  private tellHeld(): void {
    if (this.streaming || !this.held) return;
    const { error, path } = this.held;
    this.held = null;
    if (brokenPaths().size > 0) this.tell(error, path);
  }

  private clearWhenSettled(): void {
    if (this.unsettled.size === 0 && brokenPaths().size === 0) this.clearError();
  }

  private clearError(): void {
    if (this.shown === null) return;
    this.shown = null;
    this.events.error(null);
  }

  /** After the frame that shows it; by a timer where frames do not come. */
  private afterPaint(): void {
    const { seq } = this;
    let told = false;
    const tell = () => {
      if (told) return;
      told = true;
      clearTimeout(timer);
      this.events.painted(seq, isBlank());
    };
    const timer = setTimeout(tell, 250);
    requestAnimationFrame(() => setTimeout(tell));
  }
}

function isCode(path: string): boolean {
  return /\.(?:[jt]sx?|html)$/.test(path);
}

function entryOf(html: string): string {
  const src = /<script[^>]*type="module"[^>]*src="([^"]+)"/.exec(html)?.[1] ?? "/src/main.tsx";
  return src.startsWith("/") ? src : `/${src.replace(/^\.\//, "")}`;
}

/** The project's own document, without its scripts: the runtime runs the entry. */
function showBody(html: string): void {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const script of parsed.querySelectorAll("script")) script.remove();
  document.title = parsed.title;
  document.documentElement.lang = parsed.documentElement.lang || "en";
  document.body.className = parsed.body.className;
  document.body.replaceChildren(...parsed.body.childNodes);
  if (!document.getElementById("root"))
    document.body.append(Object.assign(document.createElement("div"), { id: "root" }));
}
