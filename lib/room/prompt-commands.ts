/** What people ask of models: prompts, plans, and what is said to turns that wait or write. */
import type { PromptId, TurnId, VariantId } from "#lib/project/ids.ts";
import { limits } from "#lib/project/limits.ts";
import type { PickedElement } from "#lib/project/picked.ts";
import type { Answerer } from "#lib/project/rows.ts";
import type { Vary } from "#lib/project/vary.ts";
import type { Refused } from "#lib/wire/events.ts";
import { type Handlers, refuse } from "./call.ts";
import type { RoomSocket } from "./channels.ts";
import { FIX_WORDS, reportOf } from "./fixes.ts";
import type { Room } from "./room.ts";
import type { Extras } from "./turn-job.ts";
import type { Asked } from "./turn-options.ts";

export const promptHandlers: Pick<
  Handlers,
  "prompt" | "estimate" | "switch-lane" | "continue" | "fix" | "plan" | "build" | "direct" | "stop"
> = {
  async prompt(
    { room },
    { promptId, turnIds, lane, lanes, text, whileWriting = "queue", vary, picked, person = "" },
  ) {
    const checked = await checkAsked(room, turnIds, lane, text);
    if (!checked.ok) return checked;
    const asked: Asked = {
      ...{ promptId, lane, whileWriting, kind: "prompt", text: checked.words, turnIds: checked.turnIds },
      ...(lanes ? { lanes: new Map(Object.entries(lanes)) as unknown as Map<VariantId, Answerer> } : {}),
      person,
      picked: pointedAt(room, picked),
      extras: (variantId) => extrasFor(room, variantId, vary),
    };
    if (vary && checked.turnIds.size > 1) room.looks.watch(promptId, vary.reach);
    const said = await room.turns.say(asked);
    return { ok: true, turns: said.map(({ turn }) => turn), taken: said.map(({ taken }) => taken) };
  },

  async estimate({ room }, { variantIds, lane, text }) {
    if (variantIds.some((id) => !room.variant(id))) return refuse("unknown-variant");
    return { ok: true, ...(await room.turns.costs.estimate({ lane, text }, variantIds)) };
  },

  async "switch-lane"({ room }, { turnId, lane }) {
    return room.turns.switchLane(turnId, lane) ? { ok: true } : refuse("unknown-turn");
  },

  async continue({ room, socket }, { turnId, nextId }) {
    const turn = room.turns.turns.find((each) => each.id === turnId);
    if (!turn) return refuse("unknown-turn");
    if (turn.state !== "cut" && turn.state !== "stopped") return refuse("nothing-to-continue");
    const soFar = await room.turns.outputOf(turnId);
    const [next] = room.turns.start({
      ...{ promptId: turn.promptId, lane: turn.lane, text: turn.prompt, kind: turn.kind },
      turnIds: new Map([[turn.variantId, nextId]]),
      person: personOf(socket),
      extras: () => ({ soFar }),
    });
    return next ? { ok: true, turn: next } : refuse("unknown-turn");
  },

  async fix({ room }, { turnId, fixId, error }) {
    const { turns, fixes, options } = room;
    const turn = turns.turns.find((each) => each.id === turnId);
    if (!turn) return refuse("unknown-turn");
    const isModel = !options.answering.of(turn.lane).driver.builtIn;
    if (!isModel || !options.answering.autoFix || !fixes.mayFix(turn, turns.turns, error))
      return { ok: true, turn: null };
    const { document } = await room.live(turn.variantId);
    const reported = reportOf(error, document.read(error.path));
    const [fix] = turns.start({
      ...{
        promptId: fixId as unknown as PromptId,
        lane: turn.lane,
        text: FIX_WORDS,
        kind: "fix",
        person: "",
      },
      turnIds: new Map([[turn.variantId, fixId]]),
      extras: () => ({ reported }),
    });
    return { ok: true, turn: fix ?? null };
  },

  async plan({ room, socket }, { promptId, turnIds, lane, text, by, hold }) {
    const checked = await checkAsked(room, turnIds, lane, text);
    if (!checked.ok) return checked;
    room.looks.watch(promptId, "reimagine");
    const person = personOf(socket);
    const plan = room.plans.begin({
      ...{ promptId, turnIds: checked.turnIds, lane, text: checked.words, by, hold, person },
    });
    return { ok: true, plan };
  },

  async build({ room }, { promptId }) {
    return room.plans.build(promptId) ? { ok: true } : refuse("unknown-plan");
  },

  async direct({ room }, { promptId, variantId, turnId, direction }) {
    return room.plans.direct(promptId, variantId, turnId, direction) ? { ok: true } : refuse("unknown-plan");
  },

  async stop({ room }, { turnId }) {
    return room.turns.stop(turnId) ? { ok: true } : refuse("unknown-turn");
  },
};

type CheckedPrompt = { ok: true; words: string; turnIds: Map<VariantId, TurnId> };

/** What every prompt must be: words, of a size, for variants that are here, within what may run and what may be spent. */
async function checkAsked(
  room: Room,
  turnIds: Record<VariantId, TurnId>,
  lane: Answerer,
  text: string,
): Promise<CheckedPrompt | Refused> {
  const words = text.trim();
  if (words === "") return refuse("empty-prompt");
  const bytes = Buffer.byteLength(words);
  if (bytes > limits.promptBytes) {
    return refuse(
      "prompt-too-long",
      `It has ${Math.round(bytes / 1024)} KB; ${limits.promptBytes / 1024} KB are possible.`,
    );
  }
  const wanted = new Map(Object.entries(turnIds)) as unknown as Map<VariantId, TurnId>;
  if ([...wanted.keys()].some((id) => !room.variant(id))) return refuse("unknown-variant");
  const unstarted = [...wanted.values()].filter((id) => !room.turns.turns.some((turn) => turn.id === id));
  const isFull =
    unstarted.length > 0 && room.turns.runningCount + unstarted.length > limits.turnsAtOncePerRoom;
  if (isFull) return refuse("busy", `${room.turns.runningCount} turns are running.`);
  const overCap =
    unstarted.length > 0 ? await room.turns.costs.overCap({ lane, text: words }, [...wanted.keys()]) : null;
  return overCap ? refuse("over-cap", overCap) : { ok: true, words, turnIds: wanted };
}

/** Who is meant when it is said whose turn it is. A command that another process passed on has no socket. */
function personOf(socket: RoomSocket | null): string {
  return socket ? (socket.data.access.guestId ?? socket.id) : "";
}

/** What is told to a model: by the letter that people see. */
function pointedAt(room: Room, picked: readonly PickedElement[] = []): NonNullable<Extras["picked"]> {
  return picked.flatMap(({ variantId: id, ...element }) => {
    const letter = room.variant(id)?.letter;
    return letter ? [{ ...element, letter }] : [];
  });
}

function extrasFor(room: Room, variantId: VariantId, vary: Vary | undefined): Extras {
  const tooAlike = room.looks.takeWords(variantId);
  const direction = room.plans.directionOf(variantId);
  return {
    ...(vary ? { vary } : {}),
    ...(tooAlike ? { tooAlike } : {}),
    ...(direction ? { direction } : {}),
  };
}
