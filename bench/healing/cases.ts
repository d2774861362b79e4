/**
 * What is healed: every file of the corpus while it is written (its JSX phase), and its elements and attributes while each is
 * replaced in place. Where these stand is read from the syntax tree, not by our own scanner, which is what is measured.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";

/** A text that grows: one draft, shown at each of its `cuts`. */
export type Growth = { path: string; before: string; whole: string; after: string; cuts: number[] };

type Range = { start: number; end: number };
type Node = Range & { type: string; [key: string]: unknown };
type Change = { at: number; text: string };

const CUT_EVERY_CHARS = 20;
const ELEMENTS_PER_FILE = 8;
const ATTRIBUTES_PER_FILE = 6;
const LINES_PER_FILE = 6;
const folder = join(import.meta.dirname, "../../tests/fixtures/components");

export function corpus(): Map<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".tsx"));
  return new Map(names.map((name) => [`/src/${name}`, readFileSync(join(folder, name), "utf8")]));
}

/** The file from the first element that its component returns to its end. */
export function prefixesOf(path: string, text: string): Growth {
  return {
    path,
    before: "",
    whole: text,
    after: "",
    cuts: cutsBetween(returnedElement(parse(path, text)), text.length),
  };
}

export function elementRegionsOf(path: string, text: string): Growth[] {
  const elements = nodesIn(parse(path, text)).filter(
    ({ type, start, end }) => type === "JSXElement" && end - start >= 40 && end - start <= 1_500,
  );
  return spread(elements, ELEMENTS_PER_FILE).map((node) => regionOf(path, text, node, changesOf(node)));
}

export function attributeRegionsOf(path: string, text: string): Growth[] {
  const attributes = nodesIn(parse(path, text)).filter(
    ({ type, value }) => type === "JSXAttribute" && value !== null,
  );
  return spread(attributes, ATTRIBUTES_PER_FILE).map((node) => regionOf(path, text, node, changesOf(node)));
}

/** Single lines, as a model quotes them: many hold an opening tag whose end stands further down. */
export function lineRegionsOf(path: string, text: string): Growth[] {
  const program = parse(path, text);
  const starts = [...text.matchAll(/^(?=.)/gm)].map(({ index }) => index);
  const lines = starts.map((start, at) => ({ start, end: starts[at + 1] ?? text.length }));
  const changeable = lines
    .map((line) => ({
      line,
      changes: nodesIn(program)
        .flatMap(changeOf)
        .filter(({ at }) => at > line.start && at < line.end),
    }))
    .filter(({ changes }) => changes.length > 0);
  return spread(changeable, LINES_PER_FILE).map(({ line, changes }) => regionOf(path, text, line, changes));
}

function regionOf(path: string, text: string, { start, end }: Range, changes: Change[]): Growth {
  const whole = apply(text.slice(start, end), start, changes);
  return {
    path,
    before: text.slice(0, start),
    whole,
    after: text.slice(end),
    cuts: cutsBetween(0, whole.length),
  };
}

function parse(path: string, text: string): Node {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  return program as unknown as Node;
}

/** Where the first element stands that the page's component returns. */
function returnedElement(program: Node): number {
  const component = componentOf(program);
  const returned = nodesIn(component)
    .filter(({ type }) => type === "ReturnStatement")
    .map(firstElement)
    .find((element) => element !== undefined);
  const element = returned ?? firstElement(component);
  if (!element) throw new Error("a component of the corpus has no element");
  return element.start;
}

/** What the file exports as its default, or the declaration that its name leads to. */
function componentOf(program: Node): Node {
  const statements = program.body as Node[];
  const direct = statements.find(({ type }) => type === "ExportDefaultDeclaration")?.declaration as
    | Node
    | undefined;
  if (direct && direct.type !== "Identifier") return direct;
  const name = direct?.name ?? defaultName(statements);
  const declared = statements.find((statement) => declares(statement, String(name)));
  if (!declared) throw new Error("a file of the corpus has no default export");
  return declared;
}

/** `export { Page as default }`. */
function defaultName(statements: Node[]): unknown {
  const specifiers = statements.flatMap(
    ({ specifiers }) => (specifiers ?? []) as { exported?: Node; local?: Node }[],
  );
  return specifiers.find(({ exported }) => exported?.name === "default")?.local?.name;
}

function declares(statement: Node, name: string): boolean {
  const declaration = (statement.declaration ?? statement) as Node;
  const declared = [declaration, ...((declaration.declarations ?? []) as Node[])];
  return declared.some(({ id }) => (id as Node | null | undefined)?.name === name);
}

function firstElement(node: Node): Node | undefined {
  return nodesIn(node).find(({ type }) => type === "JSXElement" || type === "JSXFragment");
}

/** The node and all below it, in the order of the text. */
function nodesIn(node: Node): Node[] {
  const below = Object.values(node)
    .flat()
    .filter((value): value is Node => value !== null && typeof value === "object" && "type" in value)
    .sort((a, b) => a.start - b.start);
  return [node, ...below.flatMap(nodesIn)];
}

/** Other words, other classes and one more child: the same place, written anew. */
function changesOf(node: Node): Change[] {
  const changes = nodesIn(node).flatMap(changeOf);
  const closing = node.closingElement as Node | null | undefined;
  if (closing)
    changes.push({
      at: closing.start,
      text: '<p className="text-sm text-teal-700">A new line, added last</p>',
    });
  if (changes.length === 0)
    changes.push({ at: node.end - (node.type === "JSXElement" ? 2 : 0), text: ' data-new={"yes"}' });
  return changes.sort((a, b) => a.at - b.at);
}

function changeOf(node: Node): Change[] {
  if (node.type === "JSXText" && String(node.value).trim() !== "")
    return [{ at: node.end, text: " and some more " }];
  const value = node.type === "JSXAttribute" ? (node.value as Node | null) : null;
  return value?.type === "Literal" ? [{ at: value.end - 1, text: " other-value" }] : [];
}

function apply(text: string, from: number, changes: Change[]): string {
  let result = "";
  let last = 0;
  for (const { at, text: added } of changes) {
    result += text.slice(last, at - from) + added;
    last = at - from;
  }
  return result + text.slice(last);
}

function cutsBetween(from: number, to: number): number[] {
  const count = Math.max(0, Math.ceil((to - from) / CUT_EVERY_CHARS) - 1);
  return Array.from({ length: count }, (_, index) => from + (index + 1) * CUT_EVERY_CHARS);
}

/** At most `count` of them, from the first to the last. */
function spread<Item>(items: Item[], count: number): Item[] {
  if (items.length <= count) return items;
  return Array.from(
    { length: count },
    (_, index) => items[Math.floor((index * items.length) / count)] as Item,
  );
}
