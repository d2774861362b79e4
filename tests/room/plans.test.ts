/** Directions before pages, and pages that look too much alike. The deep model is scripted; everything else is real. */
import { afterEach, expect, test } from "vitest";
import type { RoomClient } from "../../lib/client/room-client.ts";
import { createBuiltInDesigner } from "../../lib/model/built-in/designer.ts";
import { pickDirections } from "../../lib/model/built-in/pick-directions.ts";
import { createChatDriver } from "../../lib/model/chat.ts";
import type { Driver, Model } from "../../lib/model/types.ts";
import type { Direction } from "../../lib/project/direction.ts";
import type { ProjectId, PromptId, TurnId, VariantId } from "../../lib/project/ids.ts";
import type { PromptRequest } from "../../lib/prompt/types.ts";
import { type Caps, noCaps } from "../../lib/turn/spending.ts";
import { type ChatServer, type Step, startChatServer } from "../fixtures/providers/chat-server.ts";
import { APP, id, page, textOf, useRoomServer } from "./room-server.ts";

const room = useRoomServer();
let provider: ChatServer | null = null;

afterEach(async () => {
  await provider?.close();
  provider = null;
});

const direction = (name: string): Direction => ({
  name,
  idea: `the idea of ${name}`,
  type: "serif",
  palette: "paper and ink",
  layout: "columns",
  tone: "dry",
  sections: ["Nav", "Hero", "Footer"],
});
const names = ["After dark", "Morning paper", "Counter slip"];
const json = JSON.stringify({ directions: names.map(direction) });

/** A fast lane that notes what it is asked, and a deep lane on a real socket that answers with these steps. */
async function withDeep(steps: Step[], fast: Partial<Driver> = {}): Promise<PromptRequest[]> {
  const requests: PromptRequest[] = [];
  provider = await startChatServer({ script: () => steps });
  const model: Model = async function* ({ request }, _signal, note) {
    requests.push(request);
    yield page(`${request.letter} in ${request.direction?.name}`);
    note?.({ type: "end", reason: "stop", usage: null });
  };
  const rest = {
    name: "Fast",
    builtIn: false,
    wire: "chat" as const,
    warm: async () => {},
    close: async () => {},
  };
  await room.restart({
    lanes: {
      fast: { ...rest, model, ...fast },
      deep: createChatDriver({ baseUrl: `${provider.url}/v1`, apiKey: null, model: "deep model" }),
    },
    answers: { pickDirections, designer: createBuiltInDesigner({ tokensPerSecond: null }) },
  });
  return requests;
}

async function create(options: { plan?: "deep" | "designer"; hold?: boolean; count?: number } = {}) {
  const { projectId } = await room.rooms.createProject({
    ...{ text: "A bakery", count: 3, ownerId: "owner-0001", plan: "deep" as const },
    ...options,
  });
  return enter(projectId);
}

async function enter(projectId: ProjectId): Promise<RoomClient> {
  return room.enter({ projectId });
}

const written = (client: RoomClient) => client.getSnapshot().variants.map(({ id }) => textOf(client, id));
const planOf = (client: RoomClient) => client.getSnapshot().plan;

test("[T8] the deep lane plans, and each page is begun as soon as its own direction is there", async () => {
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const cut = json.indexOf("},{") + 1;
  const requests = await withDeep([
    { text: json.slice(0, cut) },
    { until: () => gate, text: json.slice(cut) },
  ]);
  const owner = await create();
  await expect.poll(() => written(owner)[0]).toContain("A in After dark");
  expect(planOf(owner)).toMatchObject({ by: "deep model", text: "A bakery" });
  expect(planOf(owner)?.variants.map((each) => each.direction?.name ?? null)).toEqual([
    "After dark",
    null,
    null,
  ]);
  goOn();
  await expect.poll(() => planOf(owner)?.state).toBe("built");
  expect(requests.map((request) => request.direction?.name).sort()).toEqual([...names].sort());
  expect(planOf(owner)?.tokens).toBeGreaterThan(100);
});

test("[T8] a plan that is held is edited first and then built, all variants from one shared prefix", async () => {
  const requests = await withDeep([{ text: json }]);
  const owner = await create({ hold: true });
  await expect.poll(() => planOf(owner)?.state).toBe("held");
  expect(owner.getSnapshot().turns).toEqual([]);
  const { promptId, variants } = planOf(owner) ?? { promptId: "" as PromptId, variants: [] };
  const variantId = variants[1]?.variantId as VariantId;
  const edited = { ...direction("Night market"), palette: "lanterns" };
  expect(
    await owner.command("direct", { promptId, variantId, turnId: id<TurnId>(), direction: edited }),
  ).toEqual({ ok: true });
  expect(await owner.command("build", { promptId })).toEqual({ ok: true });
  await expect.poll(() => planOf(owner)?.state).toBe("built");
  expect(requests.find(({ letter }) => letter === "B")?.direction).toEqual(edited);
  expect(requests.map(({ plan }) => plan?.length)).toEqual([3, 3, 3]);
  expect(await owner.command("build", { promptId })).toMatchObject({ ok: false, code: "unknown-plan" });
});

test("[T9] a direction that is edited while its page is built steers that page, and only that one", async () => {
  const requests: PromptRequest[] = [];
  let isGated = true;
  const model: Model = async function* ({ request }, signal) {
    requests.push(request);
    yield `${APP}\n\`\`\`tsx\nexport default function`;
    while (isGated && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
    if (!signal.aborted) yield `\n${page(`${request.letter} in ${request.direction?.name}`)}`;
  };
  await withDeep([{ text: json }], { model });
  const owner = await create({ plan: "designer" });
  await expect.poll(() => requests.length).toBe(3);
  const { promptId, variants, by } = planOf(owner) ?? { promptId: "" as PromptId, variants: [], by: "" };
  expect(by).toBe("Built-in designer");
  const variantId = variants[0]?.variantId as VariantId;
  const turnId = id<TurnId>();
  await owner.command("direct", { promptId, variantId, turnId, direction: direction("Night market") });
  await expect.poll(() => requests.length).toBe(4);
  isGated = false;
  expect(requests[3]).toMatchObject({ letter: "A", direction: { name: "Night market" } });
  expect(requests[3]?.soFar).toContain("export default function");
  expect(requests[3]?.text).toContain("The art direction is now “Night market”");
  await expect.poll(() => planOf(owner)?.state).toBe("built");
  expect(owner.getSnapshot().turns.filter((turn) => turn.state === "stopped")).toHaveLength(1);
});

test.each([
  ["says no", [{ status: 500 }]],
  ["writes something else", [{ text: "I would rather talk about bread." }]],
] as [string, Step[]][])(
  "[T10] a deep lane that %s costs a sentence: the designer's directions are built",
  async (_how, steps) => {
    const requests = await withDeep(steps);
    const owner = await create();
    await expect.poll(() => planOf(owner)?.state).toBe("built");
    expect(new Set(requests.map((request) => request.direction?.name)).size).toBe(3);
    expect(planOf(owner)?.variants.every((each) => each.direction !== null)).toBe(true);
  },
);

test("[T11] pages that come out alike: a language model is told once with its next prompt, nothing is sent by itself", async () => {
  const same: Model = async function* (_prompt, _signal, note) {
    yield page("the same");
    note?.({ type: "end", reason: "stop", usage: null });
  };
  const asked: PromptRequest[] = [];
  await withDeep([], {
    async *model(prompt, signal, note) {
      asked.push(prompt.request);
      yield* same(prompt, signal, note);
    },
  });
  const owner = await create({ plan: "designer" });
  await expect.poll(() => owner.getSnapshot().sameness?.pairs).toHaveLength(3);
  expect(owner.getSnapshot().sameness?.note).toMatch(/are alike \(\d+ %\): the next prompt to [ABC] says so/);
  expect(asked).toHaveLength(3);
  const turnIds = Object.fromEntries(owner.getSnapshot().variants.map((each) => [each.id, id<TurnId>()]));
  const body = { promptId: id<PromptId>(), turnIds: turnIds as never, lane: "fast" as const, text: "more" };
  await owner.command("prompt", body);
  await expect.poll(() => asked.length).toBe(6);
  expect(asked.slice(3).filter(({ tooAlike }) => tooAlike)).toHaveLength(1);
});

test("[T11] pages of the designer that come out alike: the closest one is drawn again, once", async () => {
  const asked: PromptRequest[] = [];
  const designer: Partial<Driver> = {
    name: "Built-in designer",
    builtIn: true,
    async *model({ request }) {
      asked.push(request);
      yield page("the same");
    },
  };
  await withDeep([], designer);
  const owner = await create({ plan: "designer" });
  await expect.poll(() => asked.length).toBe(4);
  await expect.poll(() => owner.getSnapshot().turns.map(({ state }) => state)).toEqual(Array(4).fill("done"));
  await expect.poll(() => owner.getSnapshot().sameness?.note).toMatch(/are alike \(100 %\)\.$/);
  const directions = asked.map((request) => request.direction?.name);
  expect(new Set(directions).size).toBe(4);
  expect(asked).toHaveLength(4);
});

test("[T12] a plan that is held outlives its room, edits included, and is built from there", async () => {
  await withDeep([{ text: json }]);
  const owner = await create({ hold: true });
  await expect.poll(() => planOf(owner)?.state).toBe("held");
  const { promptId, variants } = planOf(owner) ?? { promptId: "" as PromptId, variants: [] };
  const edited = direction("Night market");
  const variantId = variants[1]?.variantId as VariantId;
  await owner.command("direct", { promptId, variantId, turnId: id<TurnId>(), direction: edited });
  const requests = await withDeep([{ status: 500 }]);
  const again = await enterAgain(owner);
  expect(planOf(again)).toMatchObject({ state: "held", by: "deep model", promptId });
  expect(await again.command("build", { promptId })).toEqual({ ok: true });
  await expect.poll(() => planOf(again)?.state).toBe("built");
  expect(requests.map((request) => request.direction?.name).sort()).toEqual(
    ["After dark", "Night market", "Counter slip"].sort(),
  );
  await withDeep([]);
  const third = await enterAgain(again);
  expect(planOf(third)).toMatchObject({ state: "built", variants: [{}, { direction: edited }, {}] });
});

test("[T12] a plan that was cut is not asked for again: what came is there, the designer's fill it up, nothing is built by itself", async () => {
  const cut = json.indexOf("},{") + 1;
  await withDeep([{ text: json.slice(0, cut) }, { never: true }]);
  const owner = await create({ hold: true });
  await expect.poll(() => planOf(owner)?.variants[0]?.direction?.name).toBe("After dark");
  const requests = await withDeep([{ text: json }]);
  const again = await enterAgain(owner);
  const plan = planOf(again);
  expect(plan).toMatchObject({ state: "held", message: expect.stringMatching(/^The server stopped/) });
  expect(new Set(plan?.variants.map((each) => each.direction?.name)).size).toBe(3);
  expect(plan?.variants[0]?.direction?.name).toBe("After dark");
  expect(provider?.requests).toEqual([]);
  expect(requests).toEqual([]);
});

test("[T13] caps count what is stored: a restart forgets neither the hour nor the project", async () => {
  const tokens = 3_000;
  const model: Model = async function* (_prompt, _signal, note) {
    yield page("paid");
    note?.({ type: "end", reason: "stop", usage: { inputTokens: tokens - 500, outputTokens: 500 } });
  };
  const { lanes } = fastOnly(model);
  await room.restart({ lanes });
  const { projectId, variantId } = await room.createProject();
  const restartWith = async (caps: Partial<Caps>) => {
    await room.restart({ lanes, answers: { caps: { ...noCaps, ...caps } } });
    const client = await enter(projectId);
    const said = await client.command("estimate", { variantIds: [variantId], lane: "fast", text: "more" });
    return said.ok ? said.left : null;
  };
  expect(await restartWith({ project: 10_000 })).toBe(10_000 - tokens);
  const left = await restartWith({ hour: 1_000_000 });
  expect(left).toBeLessThanOrEqual(1_000_000 - tokens);
  room.aheadMs = 3_700_000;
  expect(await restartWith({ hour: 1_000_000 })).toBe(1_000_000);
});

async function enterAgain(client: RoomClient): Promise<RoomClient> {
  return enter(client.getSnapshot().project?.id as ProjectId);
}

function fastOnly(model: Model) {
  const driver: Driver = {
    name: "Fast",
    builtIn: false,
    wire: "chat",
    model,
    warm: async () => {},
    close: async () => {},
  };
  return { lanes: { fast: driver, deep: driver } };
}
