/** Guarded code is compared with what it was: by its words, by what it computes, and by what a real parser says of its loops. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code as text
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { countRound, EndlessLoop, expectUnfinished, guardLoops } from "../../lib/runtime/loop-guard.ts";
import { loopsOf } from "../../lib/runtime/loop-reader.ts";
import { HEADER_LINES, transpile } from "../../lib/runtime/transpile.ts";

const RUNS = Number(process.env.TRIPTYCH_RUNS ?? 300);
const leaveTask = () => new Promise((resolve) => setTimeout(resolve, 1));

afterEach(async () => {
  vi.restoreAllMocks();
  expectUnfinished(false);
  await leaveTask();
});

/** The clock goes on by so much whenever it is read. */
function readingTakes(ms: number): void {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => {
    now += ms;
    return now;
  });
}

function run(source: string): Record<string, unknown> {
  const module = { exports: {} };
  transpile("/src/loops.ts", source).run(
    () => ({}),
    module,
    module.exports,
    () => {},
    {},
  );
  return module.exports;
}

test.each([
  ["while (a) b();", "while (__round(),a) b();"],
  ["do b(); while (a)", "do b(); while (__round(),a)"],
  ["for (;;) b();", "for (;;) if(__round());else  b();"],
  ["for (const x of xs) {\n  b();\n}", "for (const x of xs) if(__round());else  {\n  b();\n}"],
  ["for (const x in xs);", "for (const x in xs) if(__round());else ;"],
  [
    "async () => { for await (const x of xs) b(); }",
    "async () => { for await (const x of xs) if(__round());else  b(); }",
  ],
  ["a: for (;;) while (b) continue a;", "a: for (;;) if(__round());else  while (__round(),b) continue a;"],
  [
    "for (const f = () => { while (a); }; ;) b();",
    "for (const f = () => { while (__round(),a); }; ;) if(__round());else  b();",
  ],
  ["const t = `${() => { while (a); }}`;", "const t = `${() => { while (__round(),a); }}`;"],
  ["if (a) /while (/.test(b); while (c);", "if (a) /while (/.test(b); while (__round(),c);"],
  ["class A { static { while (a); } }", "class A { static { while (__round(),a); } }"],
  [
    "switch (a) { case b ? 1 : 2: { while (c); } }",
    "switch (a) { case b ? 1 : 2: { while (__round(),c); } }",
  ],
])("in %j each loop asks", (code, guarded) => {
  expect(guardLoops(code)).toBe(guarded);
});

test.each([
  'const text = "while (true) {}";',
  "const text = `for (;;) ${a} while (b)`;",
  "// while (true)\n/* for (;;) */",
  "const regex = /while (a)[/(]for (;;)/g;",
  "const o = { for: 1, while(a) { return a; }, do: 2, get for() { return 1; }, class: 3 };",
  "class A { for(a) { return a; } static while(b) { return b; } async *do() {} #for(x) {} }",
  "class A extends mix({ while(a) {} }) { for(b) {} }",
  "a.for(b); a?.while(c); a . for (d);",
  "const o = a ? { while(b) {} } : { for(c) {} };",
  "const e = _jsx('p', { children: 'Made for (nearly) everyone, while (stocks last)' });",
])("%j has no loop and stays as it is", (code) => {
  expect(guardLoops(code)).toBe(code);
});

test("no line moves, and what cannot be read is left alone", () => {
  const code = "for (\n  const x of xs\n)\n  while (\n    x\n  )\n    b();\n";
  expect(guardLoops(code).split("\n")).toHaveLength(code.split("\n").length);
  for (const broken of ["while (a) ]", "for (;;) 'a\n", "while (a) `", "for (;;) {"])
    expect(guardLoops(broken)).toBe(broken);
});

test("the loops of real packages are those that a parser finds", () => {
  const require = createRequire(import.meta.url);
  const { parse } = require("sucrase/dist/parser");
  const { TokenType } = require("sucrase/dist/parser/tokenizer/types");
  let loops = 0;
  for (const folder of [
    "yjs/dist",
    "undici/lib/core",
    "tailwindcss/dist",
    "sucrase/dist",
    "recharts/lib/util",
  ]) {
    const root = join(import.meta.dirname, "../../node_modules", folder);
    for (const name of readdirSync(root).filter((each) => /\.m?js$/.test(each))) {
      const code = readFileSync(join(root, name), "utf8");
      const tokens: { type: number }[] = parse(code, false, false, false).tokens;
      const words = tokens.filter(({ type }, index) => {
        const isLoop = type === TokenType._while || type === TokenType._for;
        return isLoop && tokens[index + 1]?.type === TokenType.parenL;
      });
      expect(`${name}: ${loopsOf(code).length}`).toBe(`${name}: ${words.length}`);
      loops += words.length;
    }
  }
  expect(loops).toBeGreaterThan(300);
});

/** Programs that end: every loop has its own counter, bodies with and without braces, labels, continue, break. */
const program = fc.letrec<{ statement: string; block: string; loop: string }>((tie) => ({
  statement: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      "log(n++);",
      "n += 2;",
      ";",
      "if (n % 2) log('odd'); else log('even');",
      "log(`for (${n})`);",
    ),
    tie("loop"),
    tie("block"),
    fc.tuple(tie("statement"), tie("statement")).map(([a, b]) => `if (n % 3) ${braced(a)} else ${b}`),
  ),
  block: fc.array(tie("statement"), { maxLength: 3 }).map((all) => `{ ${all.join(" ")} }`),
  loop: fc
    .tuple(
      fc.constantFrom("for", "forOf", "forIn", "while", "do", "bare"),
      fc.integer({ min: 0, max: 3 }),
      tie("statement"),
      fc.constantFrom("", "if (n % 5 === 4) break;", "if (n % 4 === 3) continue;"),
      fc.boolean(),
    )
    .map(([kind, times, body, jump, isBare]) => loopText(kind, times, isBare ? body : `{ ${body} ${jump} }`)),
}));
const braced = (text: string) => `{ ${text} }`;

function loopText(kind: string, times: number, body: string): string {
  if (kind === "for") return `for (let i = 0; i < ${times}; i++) ${body}`;
  if (kind === "forOf") return `for (const x of [${Array.from({ length: times }, (_, i) => i)}]) ${body}`;
  if (kind === "forIn") return `for (const x in { a: 1, while: 2, for: 3 }) ${body}`;
  if (kind === "while") return `{ let i = ${times}; while (i-- > 0) ${body} }`;
  // A loop around this one has a longer body, so its label is another one.
  const label = `l${body.length}`;
  if (kind === "bare")
    return `{ let i = 0; ${label}: for (;;) { if (i++ >= ${times}) break ${label}; ${body} } }`;
  return `{ let i = 0; do ${body} while (++i < ${times}); }`;
}

test("guarded code computes what it computed", () => {
  fc.assert(
    fc.property(fc.array(program.statement, { minLength: 1, maxLength: 4 }), (statements) => {
      const code = `let n = 0; const seen = []; const log = (value) => { seen.push(value); if (seen.length > 500) throw seen; };
        try { ${statements.join("\n")} } catch {} return [n, seen];`;
      const plain = new Function(code)();
      expect(new Function("__round", guardLoops(code))(() => {})).toEqual(plain);
    }),
    { numRuns: RUNS },
  );
});

test("an endless loop is ended with its place and what to do", () => {
  readingTakes(10);
  const look = () => run("let n = 0;\n\nwhile (true) n++;\n");
  expect(look).toThrow(/kept the page busy for 1\d\d\d ms .*1000 ms are allowed.*setTimeout/);
  try {
    look();
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(EndlessLoop);
    const line = /triptych:\/\/\/src\/loops\.ts:(\d+)/.exec((error as Error).stack ?? "")?.[1];
    expect(Number(line) - HEADER_LINES).toBe(3);
  }
});

test("a page cannot catch its way out, and what runs next in the task has a short time of its own", () => {
  readingTakes(10);
  expect(() => run("while (true) { try { for (;;); } catch {} }")).toThrow(EndlessLoop);
  expect(run("export let n = 0; while (n < 5000) n++;").n).toBe(5_000);
  expect(() => run("for (;;);")).toThrow(/; 100 ms are allowed/);
});

test("a loop that was cut off while it is written costs a tenth, and only then", async () => {
  readingTakes(10);
  expectUnfinished(true);
  expect(() => run("for (;;);")).toThrow(/; 100 ms are allowed/);
  expectUnfinished(false);
  await leaveTask();
  expect(() => run("for (;;);")).toThrow(/; 1000 ms are allowed/);
});

test("settled promises do not hide a loop", async () => {
  readingTakes(10);
  const { done } = run("export const done = (async () => { while (true) await Promise.resolve(); })();");
  await expect(done).rejects.toThrow(EndlessLoop);
});

test("a loop over an iterator without end is ended", () => {
  readingTakes(10);
  expect(() => run("const xs = [1]; for (const x of xs) xs.push(x);")).toThrow(EndlessLoop);
});

test.each(["setImmediate", "setTimeout"])("a loop that waits for %s is never caught", async (wait) => {
  readingTakes(240);
  const { done } = run(`export const done = (async () => {
    let n = 0;
    for (; n < 200; n++) { await new Promise((resolve) => ${wait}(resolve)); for (let m = 0; m < 1500; m++); }
    return n;
  })();`);
  await expect(done).resolves.toBe(200);
});

test("a machine that slept in a loop did not loop", () => {
  readingTakes(0);
  const clock = vi.mocked(performance.now);
  clock
    .mockReturnValueOnce(0)
    .mockReturnValueOnce(0)
    .mockReturnValueOnce(3_600_000)
    .mockReturnValue(3_600_001);
  for (let round = 0; round < 20_000; round++) countRound();
});
