/** Texts edited in a page, into a real document: only texts, only where they still say what was seen. */
import { expect, test } from "vitest";
import { VariantDocument } from "../../lib/document/variant-document.ts";
import { createTextEdits, type TextEditMessage } from "../../lib/preview/text-edits.ts";

const PATH = "/src/A.tsx";
const SOURCE = 'export default () => <main><h1>Hello</h1><p>{"Quoted"}</p></main>;\n';
const ORIGIN = { kind: "person", clientId: "in-page" } as const;
const MODEL = { kind: "model", turnId: "t" as never } as const;

function opened() {
  const document = VariantDocument.seed(new Map([[PATH, SOURCE]]), "seed");
  const edits = createTextEdits(document, ORIGIN);
  const message = (was: string, text: string, id = "one"): TextEditMessage => {
    const start = SOURCE.indexOf(was.split(" ")[0] ?? "");
    return { type: "triptych:text", id, path: PATH, start, end: start + was.length, was, text };
  };
  return { document, edits, message, text: () => document.read(PATH) ?? "" };
}

test("keystrokes go in one after another, as a person's edits, and what others type elsewhere stays", () => {
  const { document, edits, message, text } = opened();
  const origins: unknown[] = [];
  document.onChange((_, origin) => origins.push(origin));
  expect(edits.take(message("Hello", "Hello y"))).toBeNull();
  document.splice(PATH, 0, 0, "// first\n", MODEL);
  expect(edits.take({ ...message("Hello", "Hello you"), was: "Hello y" })).toBeNull();
  expect(text()).toBe(`// first\n${SOURCE.replace("Hello", "Hello you")}`);
  expect(origins).toEqual([ORIGIN, MODEL, ORIGIN]);
});

test("a text may be emptied and written again", () => {
  const { edits, message, text } = opened();
  expect(edits.take(message("Hello", ""))).toBeNull();
  expect(text()).toContain("<h1></h1>");
  expect(edits.take(message("Hello", "New"))).toBeNull();
  expect(text()).toContain("<h1>New</h1>");
});

test("code that is typed is text", () => {
  const { edits, message, text } = opened();
  expect(edits.take(message("Quoted", '"+alert(1)+"', "two"))).toBeNull();
  expect(text()).toContain('{"\\"+alert(1)+\\""}');
  expect(edits.take(message("Hello", "{alert(1)}<b>"))).toBeNull();
  expect(text()).toContain("<h1>&#123;alert(1)&#125;&lt;b&gt;</h1>");
});

test("what is no text, or says something else than was seen, is refused and nothing is written", () => {
  const { document, edits, message, text } = opened();
  expect(edits.take({ ...message("Hello", "x"), start: 0, end: 6, was: "export" })).toBe("not-a-text");
  expect(edits.take({ ...message("Hello", "x"), start: 27, end: 40 })).toBe("not-a-text");
  expect(edits.take({ ...message("Hello", "x"), path: "/src/None.tsx" })).toBe("not-a-text");
  expect(edits.take({ ...message("Hello", "x"), was: "Other" })).toBe("changed-meanwhile");
  expect(edits.take(message("Hello", "x".repeat(3_000)))).toBe("too-long");
  expect(text()).toBe(SOURCE);
  expect(edits.take(message("Hello", "Hello!"))).toBeNull();
  const at = text().indexOf("Hello");
  document.splice(PATH, at, at + 5, "Servus", MODEL);
  expect(edits.take(message("Hello", "Hello!!"))).toBe("changed-meanwhile");
  expect(text()).toContain("<h1>Servus!</h1>");
});

test("when it ends it is told what a text was and what it became, and nothing where it is as it was", () => {
  const { edits, message } = opened();
  edits.take(message("Hello", "Hello y"));
  edits.take(message("Hello", "Hello you"));
  expect(edits.end("one")).toEqual({ path: PATH, was: "Hello", text: "Hello you" });
  expect(edits.end("one")).toBeNull();
  edits.take(message("Quoted", "Quote", "two"));
  edits.take(message("Quoted", "Quoted", "two"));
  expect(edits.end("two")).toBeNull();
});
