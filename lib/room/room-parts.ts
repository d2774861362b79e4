/** What the turns, the plans and the looks of a room need of it: each gets the few things it may do, and not the room. */
import type { VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";
import { partOfFact } from "#lib/wire/frame.ts";
import { firstRequestOf } from "./ask.ts";
import type { LooksOptions } from "./looks.ts";
import type { PlansOptions } from "./plans.ts";
import type { Room } from "./room.ts";
import type { TurnRunnerOptions } from "./turn-options.ts";

export function turnOptions(room: Room): TurnRunnerOptions {
  const { storage, log, answering, accepts, now, id, onError } = room.options;
  return {
    projectId: room.project.id,
    answering,
    storage: {
      ...storage,
      // Text, then the turn's end, then the lease: another process would refuse the one and cut the other.
      endTurn: async (turn, rawOutput) => {
        await log.flush();
        await storage.endTurn(turn, rawOutput).finally(() => room.letGo(turn.variantId));
      },
    },
    hold: async (variantId) => (await room.hold([variantId])).length === 0,
    accepts,
    now,
    onError,
    newId: id,
    variant: (variantId) => room.variant(variantId) as Variant,
    variantsOfSet: (setNumber) => room.variants.filter((variant) => variant.setNumber === setNumber),
    plansSpent: () => room.plans.spentTokens,
    live: (variantId) => room.live(variantId),
    emit: {
      start: (turn) => room.emit("turn-start", turn),
      change: (turn) => room.emit("turn-change", turn),
      wait: (turnId, wait) => room.emit("turn-wait", { turnId, wait }),
      text: () => room.channels.textCame(),
      progress: (progress) => room.emit("turn-progress", progress),
      end: (turn) => room.emit("turn-end", turn),
      drafts: (slot, turnId, facts) => room.send(...facts.map((fact) => partOfFact(fact, slot, turnId))),
      committed: (variantId, commitId) => room.committed(variantId, commitId),
      named: (variantId, name) => nameVariant(room, variantId, name),
    },
  };
}

export function planOptions(room: Room): PlansOptions {
  const { answering, onError } = room.options;
  return {
    answering,
    turns: room.turns,
    variant: (variantId) => room.variant(variantId) as Variant,
    request: (text, variantIds) => firstRequestOf(text, room.project.id, variantIds.length),
    usedNames: () => namesSoFar(room),
    emit: (plan) => room.emit("plan", plan),
    store: (plan) => room.options.storage.setPlan(room.project.id, plan),
    named: (variantId, name, instead) => nameVariant(room, variantId, name, instead),
    onError,
  };
}

export function lookOptions(room: Room): LooksOptions {
  const { answering, id, onError } = room.options;
  return {
    turns: room.turns,
    isDesigner: (lane) => answering.of(lane).driver.builtIn,
    variants: () => room.variants,
    live: (variantId) => room.live(variantId),
    otherDirection: ({ prompt }) => {
      const used = directionNames(room);
      const request = firstRequestOf(prompt, room.project.id, room.variants.length);
      const more = answering.pickDirections(request, used.size + 3);
      return more.find(({ name }) => !used.has(name)) ?? null;
    },
    redirect: (variantId, direction) => {
      nameVariant(room, variantId, direction.name, room.plans.directionOf(variantId)?.name ?? "");
      room.plans.redirect(variantId, direction);
    },
    newId: id,
    emit: (sameness) => room.emit("sameness", sameness),
    onError,
  };
}

function directionNames(room: Room): Set<string> {
  const planned = room.plans.current?.variants.flatMap(({ direction }) => direction?.name ?? []) ?? [];
  return new Set([...namesSoFar(room), ...planned]);
}

/** Of directions, as far as they are remembered: variants are called after theirs. */
function namesSoFar({ turns, variants }: Room): Set<string> {
  const said = turns.turns.flatMap(({ answer }) => /^Direction: ([^\n.]{1,40})/.exec(answer)?.[1] ?? []);
  return new Set([...variants.map(({ name }) => name), ...said].filter((name) => name !== ""));
}

/** Only where it is still called so: a name that a person gave stays. */
function nameVariant(room: Room, variantId: VariantId, name: string, instead = ""): void {
  const variant = room.variant(variantId);
  if (variant?.name !== instead) return;
  room.changeVariant({ ...variant, name });
  room.options.storage
    .changeVariant(variantId, { name })
    .catch((error: unknown) => room.options.onError("naming", error));
}
