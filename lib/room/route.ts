/**
 * Where a command runs. Most run in the process that got them; what concerns a turn runs where the variant's lease is held
 * (live.md §7), and a prompt for variants of two processes is parted.
 */
import type { TurnId, VariantId } from "#lib/project/ids.ts";
import type { Turn } from "#lib/project/rows.ts";
import type { Ack, CommandName, Commands, Taken } from "#lib/wire/events.ts";
import type { Room } from "./room.ts";

export type Route = {
  room: Room;
  /** Runs it here. */
  here(body: unknown): Promise<Ack>;
  /** Runs it in the process that holds the variant (null: whoever runs the turn); null when nobody answered. */
  there(to: string | null, body: unknown): Promise<Ack | null>;
};

const NOBODY: Ack = { ok: false, code: "busy", retryAfterMs: 2_000 };

export async function route(name: CommandName, body: unknown, { room, here, there }: Route): Promise<Ack> {
  switch (name) {
    case "prompt":
      return routePrompt(body as Commands["prompt"], { room, here, there });
    case "restore":
      return underLease((body as Commands["restore"]).variantId, body, { room, here, there });
    case "undo":
    case "continue":
    case "fix":
    case "switch-lane": {
      const { turnId } = body as Commands["undo"];
      const turn = room.turns.turns.find(({ id }) => id === turnId);
      return turn ? underLease(turn.variantId, body, { room, here, there }) : here(body);
    }
    case "stop": {
      const { turnId } = body as { turnId: TurnId };
      // Another process may have begun it: its message was lost, and its row may not be stored yet.
      await room.elsewhere.learnTurns([turnId]);
      const turn = room.turns.turns.find(({ id }) => id === turnId);
      const isOver = turn !== undefined && turn.endedAt !== null;
      const isHere = turn !== undefined && room.turns.isRunning(turn.variantId);
      if (isOver || isHere || !room.options.bus.isShared) return here(body);
      return (await there(null, body)) ?? here(body);
    }
    default:
      return here(body);
  }
}

const HERE = Symbol("held by this process");
/** A holder lets go as soon as its turn is stored, which may be between two questions. */
const HOLD_TRIES = 4;

/** Who holds the variant now: this process if it can, else the name of another; null when neither could be found out. */
async function holdHere(room: Room, variantId: VariantId): Promise<string | typeof HERE | null> {
  for (let tries = 0; tries < HOLD_TRIES; tries++) {
    if ((await room.hold([variantId])).length === 0) return HERE;
    const holder = await room.holderOf(variantId);
    if (holder !== null) return holder;
  }
  return null;
}

/** The lease is held while the command runs, so that nobody takes its turn for an abandoned one. */
async function underLease(variantId: VariantId, body: unknown, { room, here, there }: Route): Promise<Ack> {
  if (!room.variant(variantId)) return here(body);
  const holder = await holdHere(room, variantId);
  if (holder !== HERE) return (holder && (await there(holder, body))) || NOBODY;
  try {
    return await here(body);
  } finally {
    room.letGo(variantId);
  }
}

async function routePrompt(body: Commands["prompt"], { room, here, there }: Route): Promise<Ack> {
  const ids = Object.keys(body.turnIds) as VariantId[];
  if (ids.some((id) => !room.variant(id))) return here(body);
  await room.elsewhere.learnTurns(Object.values(body.turnIds));
  const holders = await Promise.all(ids.map((id) => holdHere(room, id)));
  const mine = ids.filter((_, index) => holders[index] === HERE);
  if (mine.length === ids.length) return endingIdle(room, ids, () => here(body));
  const answers: Ack[] = [];
  for (const [index, holder] of holders.entries())
    if (holder !== HERE)
      answers.push((holder && (await there(holder, onlyFor(body, [ids[index] as VariantId])))) || NOBODY);
  if (mine.length > 0) answers.push(await endingIdle(room, mine, () => here(onlyFor(body, mine))));
  const refused = answers.find((answer) => !answer.ok);
  const parts = answers as unknown as { turns?: Turn[]; taken?: Taken[] }[];
  const turns = parts.flatMap((part) => part.turns ?? []);
  const taken = parts.flatMap((part) => part.taken ?? []);
  // One that could not be reached is told only when nothing began: the other turns run.
  return refused && turns.length === 0 ? refused : ({ ok: true, turns, taken } as Ack);
}

/** A prompt that was refused leaves nothing running: its variants are let go. */
async function endingIdle(room: Room, ids: VariantId[], run: () => Promise<Ack>): Promise<Ack> {
  try {
    return await run();
  } finally {
    for (const id of ids) room.letGo(id);
  }
}

function onlyFor(body: Commands["prompt"], ids: VariantId[]): Commands["prompt"] {
  const turnIds = Object.fromEntries(
    Object.entries(body.turnIds).filter(([id]) => ids.includes(id as VariantId)),
  );
  return { ...body, turnIds: turnIds as Commands["prompt"]["turnIds"] };
}
