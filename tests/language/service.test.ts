import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formatText } from "../../lib/language/format-text.ts";
import { createLanguageService, LIB_FOLDER } from "../../lib/language/service.ts";
import { templateFiles } from "../../lib/project/template.ts";

const root = join(import.meta.dirname, "..", "..");
const { getLibFiles } = createRequire(import.meta.url)("@ts-morph/common") as {
  getLibFiles(): { fileName: string; text: string }[];
};
const libs = new Map(getLibFiles().map(({ fileName, text }) => [`${LIB_FOLDER}/${fileName}`, text]));

/** As in the asset that the build makes of node_modules, but read file by file. */
const known = new Map<string, string | null>(libs);
const read = (path: string) => {
  const file = join(root, path);
  if (!known.has(path))
    known.set(path, path.includes(".") && existsSync(file) ? readFileSync(file, "utf8") : null);
  return known.get(path) ?? null;
};
/** One for all: reading the compiler's own declarations takes a second. */
const service = createLanguageService({ read });
for (const [path, text] of templateFiles) service.change(path, text);

function put(path: string, text: string): string {
  service.change(path, text);
  return text;
}

test("the files that a project starts with have no problems", () => {
  expect(service.paths()).toEqual(["/src/App.tsx", "/src/main.tsx"]);
  expect(service.paths().flatMap((path) => service.check(path))).toEqual([]);
});

test("a wrong type, an unknown name and an unknown import are found, each with its place", () => {
  const text = put(
    "/src/Bad.tsx",
    'import { nowhere } from "./nowhere";\nexport const count: number = "three";\nexport const Bad = () => <p className={1}>{missing}</p>;\nnowhere();\n',
  );
  const problems = service.check("/src/Bad.tsx");
  expect(problems.map(({ line, code }) => [line, code])).toEqual([
    [1, "TS2307"],
    [2, "TS2322"],
    [3, "TS2322"],
    [3, "TS2304"],
  ]);
  for (const { from, to, line, column } of problems) {
    expect(text.split("\n")[line - 1]?.slice(column - 1)).toContain(text.slice(from, to));
    expect(to).toBeGreaterThan(from);
  }
  service.change("/src/Bad.tsx", null);
  expect(service.check("/src/Bad.tsx")).toEqual([]);
});

test("what a project imports beside code has types: pictures, styles, raw text, its own alias, packages of ours and added ones", () => {
  put("/src/logo.svg", "<svg/>");
  put("/src/Card.module.css", ".card {}");
  put("/src/data.json", '{ "name": "x" }');
  put("/src/parts/Card.tsx", "export const Card = ({ title }: { title: string }) => <p>{title}</p>;\n");
  const packageJson = templateFiles.get("/package.json") ?? "";
  put("/package.json", packageJson.replace('"clsx"', '"left-behind": "1.0.0",\n    "clsx"'));
  put(
    "/src/All.tsx",
    `import { clsx } from "clsx";
import anything from "left-behind";
import { useState } from "react";
import { Card } from "@/parts/Card";
import names from "./Card.module.css";
import { name } from "./data.json";
import logo from "./logo.svg";
import text from "./App.tsx?raw";
import "./index.css";
export function All() {
  const [count, setCount] = useState(0);
  const words: string = logo + text + name + String(anything.whatever) + import.meta.env.MODE;
  return <button className={clsx(names.card, words)} onClick={() => setCount(count + 1)}><Card title="x" /></button>;
}
`,
  );
  expect(service.check("/src/All.tsx")).toEqual([]);
});

test("a change in one file is a problem in another, and the project's own strictness counts", () => {
  put("/src/user.ts", 'import { size } from "./size";\nexport const twice = size * 2;\n');
  put("/src/size.ts", "export const size = 1;\n");
  expect(service.check("/src/user.ts")).toEqual([]);
  put("/src/size.ts", 'export const size = "one";\n');
  expect(service.check("/src/user.ts")).toMatchObject([{ code: "TS2362" }]);

  put("/src/loose.ts", "export function loose(value) {\n  return value;\n}\n");
  expect(service.check("/src/loose.ts")).toMatchObject([{ code: "TS7006" }]);
  put("/tsconfig.json", '{ "compilerOptions": { "strict": false, "paths": { "react": ["/nowhere"] } } }');
  expect(service.check("/src/loose.ts").filter(({ severity }) => severity === "error")).toEqual([]);
  put("/tsconfig.json", templateFiles.get("/tsconfig.json") ?? "");
});

test("suggestions are what can stand there, and a name is explained", () => {
  const text = put(
    "/src/Page.tsx",
    'import { useState } from "react";\nexport function Page() {\n  const [words] = useState("a");\n  return <p>{words.toUp}</p>;\n}\n',
  );
  const offset = text.indexOf(".toUp") + ".toUp".length;
  const found = service.complete("/src/Page.tsx", offset);
  expect(found?.items.map(({ label }) => label)).toEqual(["toUpperCase"]);
  expect(text.slice(found?.from, found?.to)).toBe("toUp");
  const explained = service.explain("/src/Page.tsx", text.indexOf("words.toUp") + 1);
  expect(explained?.code).toBe("const words: string");
});

test("of styles, settings and files that are not there nothing is said, and nothing breaks", () => {
  for (const path of ["/src/index.css", "/vite.config.ts", "/package.json", "/src/none.ts"])
    expect([service.check(path), service.complete(path, 0), service.explain(path, 0)]).toEqual([
      [],
      null,
      null,
    ]);
});

test("a file or folder that gets another name: which imports must say what", () => {
  put("/src/kit/Button.tsx", 'import { Icon } from "./Icon";\nexport const Button = () => <Icon />;\n');
  put("/src/kit/Icon.tsx", "export const Icon = () => <i />;\n");
  put(
    "/src/Use.tsx",
    "import { Button } from './kit/Button';\nimport { Icon } from \"@/kit/Icon\";\nexport const use = [Button, Icon];\n",
  );
  expect(service.importsAfterRename("/src/kit/Button.tsx", "/src/parts/Knob.tsx")).toEqual([
    { path: "/src/kit/Button.tsx", was: "./Icon", is: "../kit/Icon" },
    { path: "/src/Use.tsx", was: "./kit/Button", is: "./parts/Knob" },
  ]);
  const folder = service.importsAfterRename("/src/kit", "/src/tools");
  expect(folder).toContainEqual({ path: "/src/Use.tsx", was: "./kit/Button", is: "./tools/Button" });
  expect(folder).toContainEqual({ path: "/src/Use.tsx", was: "@/kit/Icon", is: "@/tools/Icon" });
});

test("text is formatted by its kind; what does not parse is refused with the parser's words", async () => {
  expect(await formatText("/a.tsx", "const  a = <p   className='x'>hi</p>")).toEqual({
    ok: true,
    text: 'const a = <p className="x">hi</p>;\n',
  });
  expect(await formatText("/a.css", "@theme{--x:1px}\n.a{color:red}")).toMatchObject({
    text: "@theme {\n  --x: 1px;\n}\n.a {\n  color: red;\n}\n",
  });
  expect(await formatText("/a.json", '{"a":1}')).toMatchObject({ text: '{ "a": 1 }\n' });
  expect(await formatText("/a.tsx", "const = 1")).toMatchObject({
    ok: false,
    message: expect.stringMatching(/^\/a\.tsx does not parse, so it was not formatted: .+/),
  });
  expect(await formatText("/a.png", "x")).toMatchObject({ ok: false });
});
