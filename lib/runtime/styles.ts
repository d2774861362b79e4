/**
 * Tailwind v4 in the frame: the project's own style sheet is compiled once per change of it, classes are added as sources
 * name them. Built before the commit that needs it, so that no unstyled frame is shown.
 */
import { compile } from "tailwindcss";
import preflight from "tailwindcss/preflight.css";
import theme from "tailwindcss/theme.css";
import utilities from "tailwindcss/utilities.css";

const SHEETS: Record<string, string> = {
  tailwindcss: `@layer theme, base, components, utilities;\n@layer theme {\n${theme}\n}\n@layer base {\n${preflight}\n}\n@layer utilities {\n${utilities}\n}`,
  "tailwindcss/preflight": preflight,
  "tailwindcss/theme": theme,
  "tailwindcss/utilities": utilities,
};

type Compiler = Awaited<ReturnType<typeof compile>>;

export class Styles {
  private readonly element = document.createElement("style");
  private readonly candidates = new Set<string>();
  private readonly seenPieces = new Set<string>();
  private compiler: Compiler | null = null;
  private source: string | null = null;
  private run = 0;

  constructor() {
    this.element.dataset.styles = "";
    document.head.append(this.element);
  }

  /** Compiles the style sheets of the project; the last good ones stay when these do not compile. Rejects with the error. */
  async use(sheets: ReadonlyMap<string, string>): Promise<void> {
    const source = [...sheets.values()].join("\n");
    if (source === this.source) return;
    const mine = ++this.run;
    const compiler = await compile(source, {
      loadStylesheet: async (id, base) => ({ path: id, base, content: load(id, sheets) }),
    });
    // A newer one was asked for while this compiled.
    if (mine !== this.run) return;
    this.source = source;
    this.compiler = compiler;
    this.build();
  }

  /** Adds the classes that a source names; builds only when there is a new one. ~0.1 ms for a section. */
  scan(source: string): void {
    let isNew = false;
    for (const piece of piecesIn(source)) {
      if (piece === "" || piece.length > 120 || this.seenPieces.has(piece)) continue;
      this.seenPieces.add(piece);
      this.candidates.add(piece);
      isNew = true;
    }
    if (isNew) this.build();
  }

  private build(): void {
    if (!this.compiler) return;
    const css = this.compiler.build([...this.candidates]);
    if (css !== this.element.textContent) this.element.textContent = css;
  }
}

/** Classes stand in strings: the words of a page's text would each cost a build. */
function* piecesIn(source: string): Generator<string> {
  for (const quoted of [/"([^"\n]*)"/g, /'([^'\n]*)'/g, /`([^`]*)`/g]) {
    for (const match of source.matchAll(quoted)) yield* (match[1] ?? "").split(/[\s"'`${}]+/);
  }
}

function load(id: string, sheets: ReadonlyMap<string, string>): string {
  const known = SHEETS[id.replace(/\.css$/, "")] ?? sheets.get(`/src/${id.replace(/^\.\//, "")}`);
  if (known === undefined) throw new Error(`the style sheet "${id}" is not here`);
  return known;
}
