/** The freeform patch tool, from the model's stream to the files (models.md §3.2): over SSE and on the socket. */
import { afterEach, describe, expect, test } from "vitest";
import { hasPatchTool } from "../../lib/model/patch-tool.ts";
import { runModelText } from "../edit/apply.ts";
import { ask, createBed } from "../fixtures/providers/every-driver.ts";

const bed = createBed();
afterEach(bed.clear);

const APP = "export default function App() {\n  return <p>first</p>;\n}\n";
const PATCH = `*** Begin Patch
*** Update File: /src/App.tsx
@@ export default function App() {
-  return <p>first</p>;
+  return <p>second</p>;
*** Add File: /src/components/Hero.tsx
+export default function Hero() {
+  return <h1>Hi</h1>;
+}
*** End Patch
`;

describe.each(["responses", "responses-ws"])("%s", (wire) => {
  test("a patch that streams through the tool is applied, with words before and after it", async () => {
    const server = await bed.serve([
      { text: "Changing the text." },
      { patch: PATCH, chunkChars: 5 },
      { text: "Done." },
    ]);
    const { pieces, failure } = await ask(bed.driver(wire, { model: "gpt-5.2-codex" }));
    expect(failure).toBeNull();
    const { files } = runModelText({ "/src/App.tsx": APP }, pieces);
    expect(files.get("/src/App.tsx")).toBe(APP.replace("first", "second"));
    expect(files.get("/src/components/Hero.tsx")).toContain("<h1>Hi</h1>");
    expect(server.requests[0]?.body).toMatchObject({
      tools: [{ type: "custom", name: "apply_patch", format: { type: "grammar", syntax: "lark" } }],
    });
  });

  test("a server that does not know such tools is asked without", async () => {
    const body = '{"error":{"type":"invalid_request_error","message":"Unsupported: tools[0].type"}}';
    const server = await bed.serve((call) => (call === 0 ? [{ status: 400, body }] : [{ text: "ok" }]));
    expect(await ask(bed.driver(wire, { model: "codex" }))).toMatchObject({ text: "ok", failure: null });
    expect(server.requests[1]?.body).not.toHaveProperty("tools");
  });
});

test.each([
  ["gpt-5", true],
  ["openai/gpt-5.2-codex", true],
  ["gpt-5.3-codex-spark", true],
  ["gpt-4.1", false],
  ["claude-sonnet", false],
  ["llama3.1-8b", false],
])("%s has the patch tool: %s", (model, expected) => {
  expect(hasPatchTool(model)).toBe(expected);
});
