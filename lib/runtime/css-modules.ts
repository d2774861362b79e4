/**
 * `*.module.css`: each class gets a name of its own file, as Vite does it; the module's value is the table of names. `:global(…)` keeps
 * a name, `composes: a b` adds those classes.
 */
import { fnv1a } from "../project/fnv.ts";

export type ScopedCss = { css: string; names: Record<string, string> };

/** Comments and strings are one token each, so that nothing in them is taken for a class. */
const TOKEN = /\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[{};]|[^{};"'/]+|\//g;
const LITERAL = /^["']|^\/\*/;
const CLASS = /:global\(([^)]*)\)|\.(-?[A-Za-z_][\w-]*)/g;
const COMPOSES = /^\s*composes\s*:\s*([\w\s-]+)$/;

export function scopeCss(path: string, source: string): ScopedCss {
  const suffix = fnv1a(path).toString(36).slice(0, 5);
  const names: Record<string, string> = {};
  const scope = (name: string) => {
    const scoped = `${name}_${suffix}`;
    names[name] ??= scoped;
    return scoped;
  };
  const renamed = (token: string) =>
    LITERAL.test(token) ? token : token.replace(CLASS, (_, global, name) => global ?? `.${scope(name)}`);
  let css = "";
  let selector = "";
  let tokens: string[] = [];
  for (const [token] of source.matchAll(TOKEN)) {
    if (token !== "{" && token !== ";" && token !== "}") {
      tokens.push(token);
      continue;
    }
    const segment = tokens.join("");
    if (token === "{") {
      selector = segment;
      css += segment.trimStart().startsWith("@") ? segment : tokens.map(renamed).join("");
    } else css += compose(segment, selector, names) ?? segment;
    css += token;
    tokens = [];
  }
  return { css: css + tokens.join(""), names };
}

/** Takes a `composes` declaration out of the text and into the table; null for any other. */
function compose(declaration: string, selector: string, names: Record<string, string>): string | null {
  const composed = COMPOSES.exec(declaration)?.[1];
  const owner = /\.(-?[A-Za-z_][\w-]*)\s*$/.exec(selector)?.[1];
  if (composed === undefined || owner === undefined) return null;
  const others = composed.trim().split(/\s+/);
  names[owner] = [names[owner], ...others.map((name) => names[name] ?? name)].join(" ");
  return "";
}
