/** The same words in the other variants, after a text was edited in one of them: real documents; the room is what it would hold. */
import { expect, test } from "vitest";
import { isOffered, runOffer } from "../../components/commands/offers.ts";
import { mayUndo, redoOwn, undoOwn } from "../../components/commands/own-changes.ts";
import { offerEverywhere, whoSaysTheSame } from "../../components/variant/same-text.ts";
import { noRoom } from "../../lib/client/no-room.ts";
import type { RoomClient } from "../../lib/client/room-client.ts";
import { VariantDocument } from "../../lib/document/variant-document.ts";
import type { VariantId } from "../../lib/project/ids.ts";
import type { Turn, Variant } from "../../lib/project/rows.ts";

const HERO = "/src/Hero.tsx";
const change = { path: HERO, was: "Fresh & warm", text: 'Hot <now> {"and"} later' };

/** A has been edited already; `pages` are the others, B first. */
function table(...pages: Record<string, string>[]) {
  const all = [{ [HERO]: "<h1>…</h1>" }, ...pages].map((files, at) => ({
    row: {
      id: `v${at}`,
      letter: "ABCD"[at],
      setNumber: 1,
      position: at,
      deletedAt: null,
    } as unknown as Variant,
    document: VariantDocument.seed(new Map(Object.entries(files)), `seed${at}`),
  }));
  const turns: Turn[] = [];
  const client = {
    ...noRoom,
    getSnapshot: () => ({ ...noRoom.getSnapshot(), turns, variants: all.map(({ row }) => row) }),
    document: (id: VariantId) => all.find(({ row }) => row.id === id)?.document ?? null,
  } as RoomClient;
  const text = (at: number, path = HERO) => all[at]?.document.read(path);
  const who = () => whoSaysTheSame(client, "v0" as VariantId, change).map(({ letter }) => letter);
  return { client, turns, text, who };
}

const jsx = (words: string) => `export default () => <h1 className="x">\n  ${words}\n</h1>;\n`;
const code = (words: string) => `export default () => <h1>{'${words}'}</h1>;\n`;

test("the same words are changed in every variant that says them, each as its source writes text; ⌘Z takes all back as one step", async () => {
  const { client, text, who } = table(
    { [HERO]: jsx("Fresh &amp; warm") },
    { "/src/App.tsx": code("Fresh & warm"), [HERO]: "<p>other</p>" },
  );
  expect(who()).toEqual(["B", "C"]);
  offerEverywhere(client, "v0" as VariantId, change);
  runOffer("same-text");
  expect(text(1)).toBe(jsx('Hot &lt;now&gt; &#123;"and"&#125; later'));
  expect(text(2, "/src/App.tsx")).toBe(code('Hot <now> {"and"} later'));
  expect(isOffered("same-text")).toBe(false);
  await undoOwn(client);
  expect([text(1), text(2, "/src/App.tsx")]).toEqual([jsx("Fresh &amp; warm"), code("Fresh & warm")]);
  expect(mayUndo(client)).toBe(false);
  await redoOwn(client);
  expect(text(2, "/src/App.tsx")).toContain("Hot <now>");
});

test("nothing is offered where the words are not a text, where two places could be meant, or where a model writes", () => {
  const { client, turns, who } = table(
    { [HERO]: 'const words = "Fresh & warm"; export default () => <h1>{words}</h1>;' },
    { "/src/App.tsx": `<main>${jsx("Fresh &amp; warm")}${jsx("Fresh &amp; warm")}</main>` },
    { [HERO]: jsx("Fresh &amp; warm") },
  );
  expect(who()).toEqual(["D"]);
  turns.push({ id: "t", variantId: "v3", state: "running" } as unknown as Turn);
  expect(who()).toEqual([]);
  offerEverywhere(client, "v0" as VariantId, change);
  expect(isOffered("same-text")).toBe(false);
});

test("of two places that say it the one in the file of the same name is meant", () => {
  const { client, text } = table({
    [HERO]: jsx("Fresh &amp; warm"),
    "/src/Foot.tsx": jsx("Fresh &amp; warm"),
  });
  offerEverywhere(client, "v0" as VariantId, change);
  runOffer("same-text");
  expect([text(1)?.includes("Hot"), text(1, "/src/Foot.tsx")?.includes("Hot")]).toEqual([true, false]);
});
