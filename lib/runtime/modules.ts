/**
 * The modules of the page: evaluated in place, so that importers see new values, and evaluated again upwards to the nearest
 * modules that are all components; React Refresh then keeps state. What throws is rolled back in the same task.
 */
import { brokenPaths, guardComponent } from "./boundary.ts";
import { scopeCss } from "./css-modules.ts";
import { placingRuntime } from "./element-places.ts";
import { Leftovers } from "./leftovers.ts";
import { availablePackages, packageOf } from "./packages.ts";
import { isBlank, refresh, refreshPage, takeRenderError, unmountRoots } from "./react.ts";
import { resolveImport } from "./resolve.ts";
import { standInsFor } from "./stand-in.ts";
import { type Compiled, transpile } from "./transpile.ts";

type Module = {
  path: string;
  compiled: Compiled | null;
  exports: Record<string, unknown>;
  evaluated: boolean;
  /** It does not run; notes stand where its components would. */
  isStandIn: boolean;
  importers: Set<string>;
  /** What it says now, when that is what runs: half-written text stands here as it was healed. */
  source: string;
  /** `jsx` as it is given to it. */
  jsx: object | null;
  /** Timers and listeners of its last evaluation. */
  leftovers: Leftovers;
  /** Every export is a component: refresh can stop here. */
  boundary: boolean;
};

/** An import of a package that is not here. */
export class UnknownImport extends Error {
  readonly specifier: string;
  /** The file that imports it. */
  readonly from: string;
  constructor(specifier: string, from: string) {
    super(
      `"${specifier}" is not available in previews (imported by ${from}). There are: ${availablePackages.join(", ")}.`,
    );
    this.name = "UnknownImport";
    this.specifier = specifier;
    this.from = from;
  }
}

/** A package's script is on its way; the module is tried again when it is there. */
export class StillLoading extends Error {}

/** A capitalised declaration of a module, with the hooks it calls. */
type Declared = { component: unknown; name: string; signature: string };

export class Modules {
  private readonly modules = new Map<string, Module>();
  private readonly read: (path: string) => string | null;
  private entry = "/src/main.tsx";
  /** What does not run is replaced by a note. */
  private standIns = false;

  constructor(read: (path: string) => string | null) {
    this.read = read;
  }

  has(path: string): boolean {
    return this.modules.get(path)?.evaluated ?? false;
  }

  /** Notes stand where files that do not run would show something. */
  hasStandIns(): boolean {
    return [...this.modules.values()].some(({ isStandIn }) => isStandIn);
  }

  hasDefault(path: string): boolean {
    return this.modules.get(path)?.exports.default !== undefined;
  }

  /** Takes everything down and runs the page from its entry. Throws what the page throws; what was compiled stays compiled. */
  start(entry: string, brokenBefore?: ReadonlySet<string>): void {
    this.entry = entry;
    unmountRoots();
    takeRenderError();
    for (const module of this.modules.values()) module.evaluated = false;
    this.evaluate(entry);
    const error = takeRenderError(brokenBefore);
    if (error) throw error;
  }

  /** After a start that threw before anything was rendered: modules that do not run are notes in their place. */
  startWithout(entry: string): void {
    this.standIns = true;
    try {
      this.start(entry);
    } catch {
      // The first error is told already.
    } finally {
      this.standIns = false;
    }
  }

  /** What has never run has no last good version: it is compiled from what it says now. */
  forgetUnrun(): void {
    for (const module of this.modules.values()) if (!module.evaluated) module.compiled = null;
  }

  /** The next start runs what the files say now, not what ran last. */
  forgetCompiled(): void {
    for (const module of this.modules.values()) module.compiled = null;
  }

  forgetAll(): void {
    unmountRoots();
    for (const { leftovers } of this.modules.values()) leftovers.clear();
    this.modules.clear();
  }

  /** Compiles without running; null when nothing changed. Throws the parser's error. */
  compile(path: string, source: string): Compiled | null {
    const compiled = compileAs(path, source);
    const known = this.modules.get(path);
    if (compiled.code !== known?.compiled?.code) return compiled;
    // Other spaces and comments: nothing to run, but the tags stand elsewhere.
    known.source = source;
    return null;
  }

  /** The text from which a file runs, and what it was compiled to. */
  ran(path: string): { ran: string; code: string } | null {
    const module = this.modules.get(path);
    return module?.compiled ? { ran: module.source, code: module.compiled.code } : null;
  }

  /**
   * Puts the compiled source in and runs what depends on it. On an error the page is as it was before; an unfinished text may also not
   * leave it empty, as a component does whose `return` has not come.
   */
  replace(path: string, source: string, compiled: Compiled, isUnfinished: boolean): unknown {
    const module = this.module(path);
    const wasBlank = isBlank();
    const hadStandIns = this.hasStandIns();
    const before = module.compiled;
    const sourceBefore = module.source;
    const hadDefault = this.hasDefault(path);
    module.compiled = compiled;
    module.source = source;
    let error = this.rerun(path);
    if (!error && hadDefault && module.exports.default === undefined)
      error = new Error(`${path} has no default export any more`);
    if (!error && isUnfinished && !wasBlank && isBlank()) error = new Error(`${path} shows nothing yet`);
    if (error) {
      module.compiled = before;
      module.source = sourceBefore;
      if (hadStandIns) this.startWithout(this.entry);
      else this.rerun(path);
    }
    return error;
  }

  private rerun(path: string): unknown {
    takeRenderError();
    const broken = brokenPaths();
    broken.delete(path);
    try {
      const affected = this.affectedBy(path);
      if (affected === null) this.start(this.entry, broken);
      else {
        for (const each of affected) this.module(each).evaluated = false;
        for (const each of affected) this.evaluate(each);
        refreshPage();
      }
      return takeRenderError(broken);
    } catch (error) {
      return error;
    }
  }

  /** The module and its importers up to boundaries, or null when the way leads to the entry. */
  private affectedBy(path: string, seen = new Set<string>()): Set<string> | null {
    if (seen.has(path)) return seen;
    if (path === this.entry) return null;
    seen.add(path);
    const module = this.module(path);
    if (module.boundary) return seen;
    for (const importer of module.importers) if (this.affectedBy(importer, seen) === null) return null;
    return module.importers.size === 0 ? null : seen;
  }

  private module(path: string): Module {
    const known = this.modules.get(path);
    if (known) return known;
    const exports = Object.defineProperty({}, "__esModule", { value: true, configurable: true });
    const module: Module = {
      path,
      compiled: null,
      exports,
      evaluated: false,
      isStandIn: false,
      source: "",
      jsx: null,
      importers: new Set(),
      leftovers: new Leftovers(),
      boundary: false,
    };
    this.modules.set(path, module);
    return module;
  }

  private evaluate(path: string): Record<string, unknown> {
    const module = this.module(path);
    if (module.evaluated) return module.exports;
    try {
      if (!module.compiled) {
        module.source = this.read(path) ?? "";
        module.compiled = compileAs(path, module.source);
      }
      module.evaluated = true;
      module.isStandIn = false;
      module.leftovers.clear();
      module.leftovers.during(() => this.run(module, module.compiled as Compiled));
    } catch (error) {
      module.evaluated = false;
      if (!this.standIns || path === this.entry || error instanceof StillLoading) throw error;
      module.evaluated = module.isStandIn = true;
      module.compiled = null;
      Object.assign(module.exports, standInsFor(path, this.read(path) ?? ""));
    }
    return module.exports;
  }

  private run(module: Module, compiled: Compiled): void {
    const { path, exports } = module;
    for (const name of Object.keys(exports)) delete exports[name];
    const holder = { exports };
    const declared: Declared[] = [];
    compiled.run(
      (specifier) => this.require(specifier, path),
      holder,
      exports,
      (component, name, signature) => void declared.push({ component, name, signature }),
      ENV,
    );
    // `module.exports = …` of a CommonJS file.
    if (holder.exports !== exports) Object.assign(exports, holder.exports, { default: holder.exports });
    const values = Object.entries(exports).filter(([name]) => name !== "__esModule");
    // By the name it is exported under first: a default export keeps its place in the page when it gets another name.
    for (const [name, value] of values) register(path, value, `export ${name}`);
    for (const { component, name, signature } of declared) {
      register(path, component, name);
      // It looks into memo and forwardRef itself, and keeps the first signature of a function.
      if (isComponent(component)) refresh.setSignature(component as () => void, signature, false);
    }
    module.boundary = values.length > 0 && values.every(([, value]) => isComponent(value));
  }

  private package(specifier: string, from: string): unknown {
    if (specifier !== "react/jsx-runtime") return requirePackage(specifier, from);
    const module = this.module(from);
    module.jsx ??= placingRuntime(
      from,
      requirePackage(specifier, from) as Parameters<typeof placingRuntime>[1],
    );
    return module.jsx;
  }

  private require(specifier: string, from: string): unknown {
    const resolved = resolveImport(specifier, from, (path) => this.read(path) !== null);
    if (resolved === "package") return this.package(specifier, from);
    if (resolved === null) throw new Error(`Cannot find "${specifier}", imported by ${from}`);
    this.module(resolved.path).importers.add(from);
    if (specifier.endsWith("?raw")) return { default: this.read(resolved.path), __esModule: true };
    return this.evaluate(resolved.path);
  }
}

const ENV = { MODE: "development", DEV: true, PROD: false, SSR: false, BASE_URL: "/" };

function requirePackage(specifier: string, from: string): unknown {
  const found = packageOf(specifier);
  if (found === null) throw new UnknownImport(specifier, from);
  if (found === "loading") throw new StillLoading(`${specifier} is loading`);
  return found;
}

/** A picture, a font, a film: kept as the data URL that it is imported as. */
const ASSET = /\.(?:png|jpe?g|gif|webp|avif|ico|woff2?|mp4|webm|mp3|ogg|wav|pdf)$/;

/** A compiler's error that names no file is one of this file. */
function compileAs(path: string, source: string): Compiled {
  try {
    return compiledAs(path, source);
  } catch (error) {
    throw error instanceof Error ? Object.assign(error, { inFile: path }) : error;
  }
}

/** CSS is handled by the style sheet, all else that is no code is a value. */
function compiledAs(path: string, source: string): Compiled {
  if (path.endsWith(".module.css")) return namesModule(scopeCss(path, source).names);
  if (path.endsWith(".css")) return { code: "", run: () => {} };
  if (path.endsWith(".json")) return valueModule(source, JSON.parse(source));
  if (path.endsWith(".svg")) return valueModule(source, `data:image/svg+xml,${encodeURIComponent(source)}`);
  if (ASSET.test(path)) return valueModule(source, source.trim());
  return transpile(path, source);
}

function namesModule(names: Record<string, string>): Compiled {
  return valueModule(JSON.stringify(names), names);
}

function valueModule(code: string, value: unknown): Compiled {
  return {
    code,
    run: (_require, _module, exports) =>
      void Object.assign(exports, isRecord(value) ? value : {}, { default: value }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function register(path: string, component: unknown, name: string): void {
  if (!isComponent(component)) return;
  guardComponent(component as object, path);
  refresh.register(component, `${path}:${name}`);
}

const ELEMENTS = new Set([Symbol.for("react.element"), Symbol.for("react.transitional.element")]);

function isComponent(value: unknown): boolean {
  if (typeof value === "function") return /^[A-Z]/.test(value.name);
  const type = value !== null && typeof value === "object" && "$$typeof" in value ? value.$$typeof : null;
  return typeof type === "symbol" && !ELEMENTS.has(type);
}
