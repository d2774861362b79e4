/**
 * Tailwind v4 in the frame: the project's own style sheets are compiled once per change of them, classes are added as sources
 * name them. Built before the commit that needs it, so that no unstyled frame is shown.
 */
import { compile } from "tailwindcss";
import preflight from "tailwindcss/preflight.css";
import theme from "tailwindcss/theme.css";
import utilities from "tailwindcss/utilities.css";
import { classNamesIn } from "./class-names.ts";

const SHEETS: Record<string, string> = {
  tailwindcss: `@layer theme, base, components, utilities;\n@layer theme {\n${theme}\n}\n@layer base {\n${preflight}\n}\n@layer utilities {\n${utilities}\n}`,
  "tailwindcss/preflight": preflight,
  "tailwindcss/theme": theme,
  "tailwindcss/utilities": utilities,
};

/** Half classes of a stream cost rules that no element has; fewer than these are not worth a compile. */
const MANY_UNNAMED = 150;

type Compiler = Awaited<ReturnType<typeof compile>>;
/** The sheets of the page in order, and any other that they import. */
export type SheetSource = { order: readonly string[]; read(path: string): string | null };

export class Styles {
  private readonly element = document.createElement("style");
  private candidates = new Set<string>();
  private compiler: Compiler | null = null;
  /** The sheets that the compiler has read, as they were. */
  private used: Map<string, string | null> | null = null;
  private order = "";
  private run = 0;

  constructor() {
    this.element.dataset.styles = "";
    document.head.append(this.element);
  }

  /** Styles that were built for the very same files earlier: the page can be shown before anything is compiled. */
  preset(css: string): void {
    this.element.textContent = css;
    this.compiler = null;
    this.used = null;
  }

  css(): string {
    return this.element.textContent ?? "";
  }

  /** Compiles the style sheets of the project; the last good ones stay when these do not compile. Rejects with the error. */
  async use(sheets: SheetSource): Promise<void> {
    const order = sheets.order.map((path) => `@import ${JSON.stringify(path)};`).join("\n");
    if (order === this.order && this.isCurrent(sheets)) return;
    const mine = ++this.run;
    const used = new Map<string, string | null>();
    const compiler = await compile(order, {
      base: "/src",
      loadStylesheet: async (id, base) => {
        const sheet = load(id, base, sheets);
        if (sheet.path.startsWith("/")) used.set(sheet.path, sheet.content);
        return sheet;
      },
      loadModule: (id) => {
        throw new Error(
          `@plugin and @config run code ("${id}"), which the style sheets of a preview may not; @theme and @utility work`,
        );
      },
    });
    // A newer one was asked for while this compiled.
    if (mine !== this.run) return;
    this.order = order;
    this.used = used;
    this.compiler = compiler;
    this.build();
  }

  private isCurrent({ read }: SheetSource): boolean {
    return this.used !== null && [...this.used].every(([path, text]) => read(path) === text);
  }

  /** Adds the classes that a source names; builds only when there is a new one. ~0.1 ms for a section. */
  scan(source: string): void {
    let isNew = false;
    for (const piece of classNamesIn(source)) {
      if (this.candidates.has(piece)) continue;
      this.candidates.add(piece);
      isNew = true;
    }
    if (isNew) this.build();
  }

  /** Forgets classes that none of the sources names, when there are many; the sheets must then be compiled anew. */
  forgetUnnamed(sources: Iterable<string>): boolean {
    const named = new Set<string>();
    for (const source of sources) for (const piece of classNamesIn(source)) named.add(piece);
    if (this.candidates.size - named.size < MANY_UNNAMED) return false;
    this.candidates = named;
    this.used = null;
    return true;
  }

  private build(): void {
    if (!this.compiler) return;
    const css = this.compiler.build([...this.candidates]);
    if (css !== this.element.textContent) this.element.textContent = css;
  }
}

function load(
  id: string,
  base: string,
  { read }: SheetSource,
): { path: string; base: string; content: string } {
  const known = SHEETS[id.replace(/\.css$/, "")];
  if (known !== undefined) return { path: id, base, content: known };
  const path = new URL(id, `file://${base}/`).pathname;
  const content = read(path);
  if (content === null) throw new Error(`the style sheet "${id}" is not here`);
  return { path, base: path.slice(0, path.lastIndexOf("/")), content };
}
