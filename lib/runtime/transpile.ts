/** Source → a function that evaluates it as a CommonJS module and registers its components for refresh. Lines are kept. */
import { transform } from "sucrase";
import { numberTags } from "./element-places.ts";
import { countRound, guardLoops, startRounds } from "./loop-guard.ts";
import { leadingLines } from "./places.ts";

export type ModuleFunction = (
  require: (specifier: string) => unknown,
  module: { exports: Record<string, unknown> },
  exports: Record<string, unknown>,
  register: (component: unknown, name: string, signature: string) => void,
  env: Record<string, unknown>,
) => void;

export type Compiled = { code: string; run: ModuleFunction };

/** `new Function` puts this many lines before the code. */
export const HEADER_LINES = 2;
const ARGUMENTS = ["require", "module", "exports", "__register", "__env", "__round"];

/** Throws the parser's error; `loc` tells its place. */
export function transpile(path: string, source: string): Compiled {
  const jsx = !/\.[cm]?ts$/.test(path);
  const { code } = transform(
    source.replace(/\bimport\.meta\.env\b/g, "__env").replace(/\bimport\.meta\.hot\b/g, "undefined"),
    {
      transforms: jsx ? ["typescript", "jsx", "imports"] : ["typescript", "imports"],
      jsxRuntime: "automatic",
      production: true,
      // Browsers know them; its helpers are loops.
      disableESTransforms: true,
      filePath: path,
    },
  );
  const whole = `${leadingLines(path, code)}${guardLoops(jsx ? numberTags(code) : code)}\n${registrations(source)}\n//# sourceURL=triptych://${path}`;
  return { code: whole, run: functionOf(whole) };
}

function functionOf(code: string): ModuleFunction {
  const evaluate = new Function(...ARGUMENTS, code);
  return (...given) => {
    startRounds();
    evaluate(...given, countRound);
  };
}

const DECLARATION =
  /^(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:function|const|let|var|class)\s+([A-Z]\w*)|^export\s+default\s+(?:[\w.]+\(|\(|function\b|async\b)/gm;
const HOOK = /(?:(?:const|let|var)\s+([^=;\n]+?)\s*=\s*)?(?:React\.)?\b(use[A-Z]\w*)\s*(?:<[^>()]*>)?\(/g;

/**
 * Refresh without Babel: every top-level capitalised declaration, and a default export without a name, is registered with the hooks
 * it calls as its signature, so that state survives text edits and a changed hook remounts only that component (preview.md §5.5).
 */
function registrations(source: string): string {
  const declarations = [...source.matchAll(DECLARATION)];
  return declarations
    .map((match, index) => {
      const body = source.slice(match.index, declarations[index + 1]?.index);
      const signature = [...body.matchAll(HOOK)].map((hook) => `${hook[1] ?? ""}${hook[2]}`).join(";");
      const [value, name] = match[1] ? [match[1], match[1]] : ["exports.default", "default"];
      // A declaration that was only a type does not exist at run time.
      return `try{__register(${value},${JSON.stringify(name)},${JSON.stringify(signature)})}catch{}`;
    })
    .join(";");
}
