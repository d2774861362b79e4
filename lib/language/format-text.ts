/** Prettier on one file, as people's own Prettier would do it without settings. */
import * as babel from "prettier/plugins/babel";
import * as estree from "prettier/plugins/estree";
import * as html from "prettier/plugins/html";
import * as markdown from "prettier/plugins/markdown";
import * as postcss from "prettier/plugins/postcss";
import * as typescript from "prettier/plugins/typescript";
import { format } from "prettier/standalone";

export type Formatted = { ok: true; text: string } | { ok: false; message: string };

const PARSERS: Record<string, string> = {
  tsx: "typescript",
  ts: "typescript",
  jsx: "babel",
  js: "babel",
  mjs: "babel",
  css: "css",
  html: "html",
  svg: "html",
  json: "json",
  md: "markdown",
};

/** Text that does not parse stays as it is, and the parser's words say why. */
export async function formatText(path: string, text: string): Promise<Formatted> {
  const parser = PARSERS[path.slice(path.lastIndexOf(".") + 1)];
  if (!parser) return { ok: false, message: `Files like ${path} have no format here.` };
  try {
    const plugins = [babel, estree, html, markdown, postcss, typescript];
    return { ok: true, text: await format(text, { parser, plugins, filepath: path }) };
  } catch (error) {
    const [first = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return { ok: false, message: `${path} does not parse, so it was not formatted: ${first}` };
  }
}
