/**
 * Directions first, then pages. A deep lane writes them as JSON, and each is built as soon as it is whole; without one the
 * designer's picker has them at once. A person may change a direction before its page is built, or while it is: that steers.
 */
import type { Direction } from "#lib/project/direction.ts";
import type { PromptId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Plan, PlannedVariant, StoredPlan } from "#lib/project/plan.ts";
import type { Answerer, Variant } from "#lib/project/rows.ts";
import { buildPlan } from "#lib/prompt/plan.ts";
import type { PromptRequest } from "#lib/prompt/types.ts";
import type { Answering } from "#lib/turn/answering.ts";
import { extrasOf, wordsOf } from "./planned-words.ts";
import { readPlan } from "./read-plan.ts";
import type { TurnRunner } from "./turns.ts";

export type PlansOptions = {
  answering: Answering;
  turns: TurnRunner;
  variant(id: VariantId): Variant;
  /** What the directions are for; the files of one variant stand for all. */
  request(text: string, variantIds: VariantId[]): PromptRequest;
  /** Directions that this project had: another plan brings others. */
  usedNames(): Set<string>;
  emit(plan: Plan | null): void;
  /** Kept at rest; calls are answered in their order. */
  store(plan: StoredPlan): Promise<void>;
  /** A variant is called as its direction is, unless a person has called it otherwise. */
  named(variantId: VariantId, name: string, instead: string): void;
  onError(what: string, error: unknown): void;
};

export type PlanAsked = {
  promptId: PromptId;
  turnIds: ReadonlyMap<VariantId, TurnId>;
  lane: Answerer;
  text: string;
  by: "deep" | "designer";
  hold: boolean;
  person: string;
};

const CUT =
  "The server stopped while this was planned; Build takes the designer's directions for what is missing.";

/** What is known of a plan besides what everyone sees. */
type Making = { plan: Plan; asked: PlanAsked; abort: AbortController };

export class Plans {
  private readonly options: PlansOptions;
  private making: Making | null = null;
  /** Tokens of the plans before this one. */
  private spentBefore = 0;
  private stored: Promise<unknown> = Promise.resolve();

  /** `stored`: the project's last plan, from before its room was opened. */
  constructor(options: PlansOptions, stored: StoredPlan | null) {
    this.options = options;
    options.turns.onEnd((turn) => this.ended(turn.id));
    if (stored) this.takeUp(stored);
  }

  /** Tokens that planning has cost this project so far. */
  get spentTokens(): number {
    return this.spentBefore + (this.making?.plan.tokens ?? 0);
  }

  /** Another process tells how its plan stands; `read` gives what it has stored of it. */
  async heard(plan: Plan, read: () => Promise<StoredPlan | null>): Promise<void> {
    const isKnown = this.making?.plan.promptId === plan.promptId;
    const stored = isKnown ? null : await read();
    if (isKnown && this.making) this.making.plan = plan;
    // Not stored yet: the next fact of it comes soon.
    if (stored?.plan.promptId !== plan.promptId) return;
    this.making?.abort.abort();
    this.take({ ...stored, plan });
  }

  get current(): Plan | null {
    return this.making?.plan ?? null;
  }

  /** The same id again is the same plan. */
  begin(asked: PlanAsked): Plan {
    if (this.making?.plan.promptId === asked.promptId) return this.making.plan;
    this.making?.abort.abort();
    this.spentBefore = this.spentTokens;
    const { answering } = this.options;
    const isDeep = asked.by === "deep" && answering.hasDeep;
    const making: Making = {
      asked,
      abort: new AbortController(),
      plan: {
        promptId: asked.promptId,
        text: asked.text,
        state: "planning",
        by: isDeep ? answering.of("deep").driver.name : answering.of("designer").driver.name,
        message: asked.by === "deep" && !isDeep ? "There is no deep lane: the designer chose." : null,
        tokens: 0,
        variants: [...asked.turnIds.keys()].map((variantId) => ({
          variantId,
          letter: this.options.variant(variantId).letter,
          direction: null,
          turnId: null,
        })),
      },
    };
    this.making = making;
    if (isDeep) {
      this.tell();
      void this.askDeep(making).catch((error: unknown) => this.options.onError("a plan", error));
    } else this.complete(making);
    return making.plan;
  }

  /** Builds everything now; what is not planned yet gets the designer's directions. */
  build(promptId: PromptId): boolean {
    const making = this.making;
    if (making?.plan.promptId !== promptId || !isOpen(making.plan)) return false;
    making.asked = { ...making.asked, hold: false };
    making.abort.abort();
    this.complete(making);
    return true;
  }

  /** A person's words for one direction. False when there is no such plan any more. */
  direct(promptId: PromptId, variantId: VariantId, turnId: TurnId, direction: Direction): boolean {
    const making = this.making;
    const planned = making?.plan.variants.find((each) => each.variantId === variantId);
    if (!making || making.plan.promptId !== promptId || !planned) return false;
    this.options.named(variantId, direction.name, planned.direction?.name ?? "");
    planned.direction = direction;
    if (planned.turnId !== null) {
      planned.turnId = turnId;
      void this.rebuild(making, planned, turnId).catch((error: unknown) =>
        this.options.onError("a direction", error),
      );
    }
    this.tell();
    return true;
  }

  /** What a variant was built as, as long as it is remembered: the designer needs it to go back to it. */
  directionOf(variantId: VariantId): Direction | null {
    return this.planned(variantId)?.direction ?? null;
  }

  /** Its page is drawn once more, in another direction. */
  redirect(variantId: VariantId, direction: Direction): void {
    const planned = this.planned(variantId);
    if (!planned) return;
    planned.direction = direction;
    this.tell();
  }

  private take({ plan, turnIds, spentTokens, ...asked }: StoredPlan): Making {
    this.spentBefore = spentTokens - plan.tokens;
    const { promptId, text, state } = plan;
    this.making = {
      plan,
      abort: new AbortController(),
      asked: {
        ...asked,
        ...{ promptId, text, turnIds: new Map(turnIds), by: "designer", hold: state === "held" },
      },
    };
    return this.making;
  }

  /** What was under way when the room was left is not asked again, which would cost again: a person says how it goes on. */
  private takeUp(stored: StoredPlan): void {
    const making = this.take(structuredClone(stored));
    const { plan, asked } = making;
    const isPending = plan.variants.some(({ turnId }) => turnId && this.options.turns.isPending(turnId));
    const isBegun = plan.variants.every(({ turnId }) => turnId !== null);
    if (plan.state === "planning") plan.message = CUT;
    if (plan.state === "planning") this.fill(making);
    if (isBegun && !isPending) plan.state = "built";
    else if (!isBegun) plan.state = "held";
    asked.hold = plan.state === "held";
  }

  private planned(variantId: VariantId): PlannedVariant | null {
    return this.making?.plan.variants.find((each) => each.variantId === variantId) ?? null;
  }

  /** Resolves when what is known of it is stored. */
  async close(): Promise<void> {
    this.making?.abort.abort();
    await this.stored;
  }

  /** Asked of a model, and not answered yet: the room stays open for it. */
  get isPlanning(): boolean {
    return this.making?.plan.state === "planning";
  }

  /** What goes wrong here costs a sentence, never the page: the designer's directions are there in any case. */
  private async askDeep(making: Making): Promise<void> {
    const { answering } = this.options;
    const { driver, queue } = answering.of("deep");
    const { signal } = making.abort;
    const place = await queue.enter({ person: making.asked.person, signal, onWait: () => {} });
    if (!place) return;
    try {
      await this.readPlan(making);
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      if (!signal.aborted)
        making.plan.message = `${driver.name} gave no plan (${said.slice(0, 200)}): the designer chose.`;
    } finally {
      place.release();
    }
    if (!signal.aborted) this.complete(making);
  }

  private async readPlan(making: Making): Promise<void> {
    const { answering, request } = this.options;
    const { plan, asked, abort } = making;
    const variantIds = plan.variants.map(({ variantId }) => variantId);
    const prompt = buildPlan(request(asked.text, variantIds), variantIds.length);
    plan.tokens = await readPlan(answering.of("deep").driver, prompt, abort.signal, {
      take: (direction) => this.wasPlanned(making, direction),
      hasAll: () => plan.variants.every((each) => each.direction),
    });
    answering.spending.spent(plan.tokens);
  }

  /** The next variant without one gets it, and begins at once. */
  private wasPlanned(making: Making, direction: Direction): void {
    const open = making.plan.variants.find((each) => each.direction === null);
    const isTaken = making.plan.variants.some((each) => each.direction?.name === direction.name);
    if (!open || isTaken) return;
    open.direction = direction;
    if (!making.asked.hold) this.start(making, [open], false);
    this.tell();
  }

  /** Every variant has a direction from here on. */
  private complete(making: Making): void {
    const { plan, asked } = making;
    this.fill(making);
    if (asked.hold) plan.state = "held";
    else
      this.start(
        making,
        plan.variants.filter((each) => each.turnId === null),
        true,
      );
    this.tell();
  }

  /** What the plan has no direction for gets one of the designer's. */
  private fill({ plan, asked }: Making): void {
    const missing = plan.variants.filter((each) => each.direction === null);
    if (missing.length === 0) return;
    const request = this.options.request(asked.text, [...asked.turnIds.keys()]);
    const used = this.options.usedNames();
    for (const { direction } of plan.variants) if (direction) used.add(direction.name);
    const picked = this.options.answering
      .pickDirections(request, plan.variants.length + used.size)
      .filter(({ name }) => !used.has(name));
    if (missing.length < plan.variants.length)
      plan.message ??= `${plan.by} planned ${plan.variants.length - missing.length}; the designer chose the others.`;
    missing.forEach((each, index) => {
      each.direction = picked[index] ?? null;
    });
  }

  private start(making: Making, variants: PlannedVariant[], isWhole: boolean): void {
    const { asked, plan } = making;
    plan.state = "building";
    const turnIds = new Map(
      variants.map((each) => [each.variantId, asked.turnIds.get(each.variantId) as TurnId] as const),
    );
    for (const each of variants) {
      each.turnId = turnIds.get(each.variantId) ?? null;
      if (each.direction) this.options.named(each.variantId, each.direction.name, "");
    }
    const { promptId, lane, text, person } = asked;
    this.options.turns.start({
      ...{ promptId, lane, text, person, turnIds, kind: "create" },
      extras: (variantId) => extrasOf(plan, variantId, isWhole),
    });
  }

  private async rebuild(making: Making, planned: PlannedVariant, turnId: TurnId): Promise<void> {
    const { answering, turns } = this.options;
    const { promptId, lane, text, person } = making.asked;
    const { direction, variantId } = planned;
    const { driver } = answering.of(lane);
    const isRunning = turns.isRunning(variantId);
    await turns.say({
      ...{ promptId, lane, person, turnIds: new Map([[variantId, turnId]]) },
      // The designer begins its page anew, which takes it a moment; a language model is told and goes on.
      kind: "create",
      whileWriting: driver.builtIn ? "now" : "steer",
      text: isRunning && !driver.builtIn ? wordsOf(direction) : text,
      extras: () => extrasOf(making.plan, variantId, false),
    });
  }

  private ended(turnId: TurnId): void {
    const plan = this.making?.plan;
    if (plan?.state !== "building" || !plan.variants.some((each) => each.turnId === turnId)) return;
    if (plan.variants.some((each) => each.turnId === null || this.options.turns.isPending(each.turnId)))
      return;
    plan.state = "built";
    this.tell();
  }

  private tell(): void {
    if (!this.making) return;
    const { plan, asked } = this.making;
    const stored: StoredPlan = structuredClone({
      ...{ plan, lane: asked.lane, person: asked.person, turnIds: [...asked.turnIds] },
      spentTokens: this.spentTokens,
    });
    this.stored = this.stored.then(() =>
      this.options.store(stored).catch((error: unknown) => this.options.onError("storing a plan", error)),
    );
    this.options.emit(plan);
  }
}

function isOpen({ state }: Plan): boolean {
  return state === "planning" || state === "held";
}
