import fc from "fast-check";
import { expect, test } from "vitest";
import { fileActionsOf } from "../../lib/client/file-actions.ts";
import { readUpload } from "../../lib/client/uploaded.ts";
import type { Origin } from "../../lib/document/types.ts";
import { VariantDocument } from "../../lib/document/variant-document.ts";
import { limits } from "../../lib/project/limits.ts";

const remote: Origin = { kind: "remote" };
const person: Origin = { kind: "person", clientId: "other" };

function project(): VariantDocument {
  return VariantDocument.seed(
    new Map([
      ["/src/App.tsx", "app\n"],
      ["/src/parts/Card.tsx", "card\n"],
      ["/src/parts/Deep.css", "deep\n"],
    ]),
    "seed",
  );
}

test("a file is made, renamed and deleted in the live document, as a person's edits, and others see each", () => {
  const [here, there] = [project(), project()];
  const origins = new Set<string>();
  here.onUpdate((bytes, origin) => {
    origins.add(origin.kind);
    there.applyUpdate(bytes, remote);
  });
  const actions = fileActionsOf(here);
  expect(actions.create("src/New.tsx", "new\n")).toMatchObject({ ok: true, path: "/src/New.tsx" });
  expect(there.read("/src/New.tsx")).toBe("new\n");
  expect(actions.rename("/src/New.tsx", "/src/parts/Newer.tsx")).toMatchObject({ ok: true });
  expect(there.read("/src/New.tsx")).toBeNull();
  expect(there.read("/src/parts/Newer.tsx")).toBe("new\n");
  expect(actions.remove("/src/parts")).toMatchObject({
    ok: true,
    words: "Deleted /src/parts with its 3 files",
  });
  expect(there.paths()).toEqual(["/src/App.tsx"]);
  expect([...origins]).toEqual(["person"]);
});

test("any row of actions is undone one by one back to the start, and done again to the end", () => {
  const step = fc.record({
    what: fc.constantFrom("create", "rename", "remove", "folder", "upload"),
    at: fc.nat(9),
    name: fc.constantFrom("/src/x.tsx", "/src/y.tsx", "/src/parts/x.tsx", "/z.css", "/src/App.tsx"),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const document = project();
      const actions = fileActionsOf(document);
      const states = [document.files()];
      for (const { what, at, name } of steps) {
        const path = document.paths()[at % Math.max(1, document.paths().length)] ?? "/none.ts";
        const result =
          what === "create"
            ? actions.create(name, `${name}\n`)
            : what === "upload"
              ? actions.upload(name, "uploaded\n")
              : what === "rename"
                ? actions.rename(path, name)
                : actions.remove(what === "folder" ? "/src/parts" : path);
        if (result.ok) states.push(document.files());
        else expect(document.files()).toEqual(states.at(-1));
      }
      for (const state of states.slice(0, -1).reverse()) {
        expect(actions.undo()).toMatchObject({ ok: true });
        expect(document.files()).toEqual(state);
      }
      expect(actions.undo()).toBeNull();
      for (const state of states.slice(1)) {
        expect(actions.redo()).toMatchObject({ ok: true });
        expect(document.files()).toEqual(state);
      }
      expect(actions.redo()).toBeNull();
    }),
  );
});

test("what others wrote since moves along with an undone rename, and stops an undo that would lose it", () => {
  const document = project();
  const actions = fileActionsOf(document);
  actions.rename("/src/App.tsx", "/src/Page.tsx");
  document.splice("/src/Page.tsx", 0, 0, "theirs ", person);
  expect(actions.undo()).toMatchObject({ ok: true });
  expect(document.read("/src/App.tsx")).toBe("theirs app\n");

  actions.create("/src/New.tsx", "");
  document.splice("/src/New.tsx", 0, 0, "theirs", person);
  const refused = actions.undo();
  expect(refused).toMatchObject({ ok: false, message: expect.stringMatching(/changed since/) });
  expect(document.read("/src/New.tsx")).toBe("theirs");
});

test("imports of a renamed file are renamed with it, and back, also around what was typed since", () => {
  const document = project();
  document.create("/src/App.tsx", 'import { Card } from "./parts/Card";\nimport "./parts/Card";\n', person);
  const actions = fileActionsOf(document);
  const imports = [{ path: "/src/App.tsx", was: "./parts/Card", is: "./Sheet" }];
  expect(actions.rename("/src/parts/Card.tsx", "/src/Sheet.tsx", imports)).toMatchObject({
    ok: true,
    path: "/src/Sheet.tsx",
    words: "Renamed /src/parts/Card.tsx to /src/Sheet.tsx, and in an import",
  });
  expect(document.read("/src/App.tsx")).toBe('import { Card } from "./Sheet";\nimport "./Sheet";\n');
  document.splice("/src/App.tsx", 0, 0, "// theirs\n", person);
  expect(actions.undo()).toMatchObject({ ok: true });
  expect(document.read("/src/App.tsx")).toBe(
    '// theirs\nimport { Card } from "./parts/Card";\nimport "./parts/Card";\n',
  );
  expect(document.read("/src/parts/Card.tsx")).toBe("card\n");
});

test("a deleted file comes back with its text; not over one that somebody made in its place", () => {
  const document = project();
  const actions = fileActionsOf(document);
  actions.remove("/src/App.tsx");
  document.create("/src/App.tsx", "theirs\n", person);
  expect(actions.undo()).toMatchObject({
    ok: false,
    message: expect.stringMatching(/there is \/src\/App.tsx again/),
  });
  document.remove("/src/App.tsx", person);
  expect(actions.undo()).toMatchObject({ ok: true });
  expect(document.read("/src/App.tsx")).toBe("app\n");
});

test("over a limit nothing happens, and the sentence has both figures", () => {
  const document = project();
  const actions = fileActionsOf(document);
  const large = "x".repeat(limits.updateBytes);
  expect(actions.create("/src/large.txt", large)).toMatchObject({
    message: expect.stringMatching(/192 KB.*184 KB/),
  });
  expect(actions.upload("/src/App.tsx", large)).toMatchObject({ ok: false });
  for (let count = 3; count < limits.filesPerVariant; count++)
    expect(actions.create(`/src/f${count}.txt`, "")).toMatchObject({ ok: true });
  expect(actions.create("/src/more.txt", "")).toMatchObject({
    message: expect.stringMatching(/file 101.*100/),
  });
  expect(document.paths()).toHaveLength(limits.filesPerVariant);

  const full = project();
  const some = "y".repeat(180 * 1024);
  let made = 0;
  let refused = "";
  while (refused === "") {
    const result = fileActionsOf(full).create(`/src/part${made}.txt`, some);
    if (result.ok) made++;
    else refused = result.message;
  }
  expect(made).toBe(11);
  expect(refused).toMatch(/up to 2048 KB/);
});

test("one update of an accepted file is one that the server takes", () => {
  const document = project();
  let bytes = 0;
  document.onUpdate((update) => {
    bytes = Math.max(bytes, update.byteLength);
  });
  const text = "ü".repeat((limits.updateBytes - 8 * 1024) / 2);
  expect(fileActionsOf(document).create("/src/large.txt", text)).toMatchObject({ ok: true });
  expect(bytes).toBeLessThanOrEqual(limits.updateBytes);
});

test("pictures are uploaded as data URLs, text as text with its line ends folded, other things are refused", async () => {
  const png = new File([new Uint8Array([137, 80, 78, 71])], "my logo.png");
  expect(await readUpload("/src/assets", png)).toEqual({
    ok: true,
    name: "/src/assets/my-logo.png",
    text: "data:image/png;base64,iVBORw==",
  });
  expect(await readUpload("", new File(["a\r\nb"], "a.css"))).toEqual({
    ok: true,
    name: "/a.css",
    text: "a\nb",
  });
  const refusals = [
    new File(["x"], "run.exe"),
    new File([new Uint8Array([255, 254, 0])], "a.txt"),
    new File([new Uint8Array(limits.fileBytes + 1)], "big.png"),
  ];
  for (const file of refusals) expect(await readUpload("/src", file)).toMatchObject({ ok: false });
});
