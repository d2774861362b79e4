/** What the turns of a project ask a model, and what that costs: before it is sent, and after. */
import type { PromptId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Answerer, Turn } from "#lib/project/rows.ts";
import { buildPrompt } from "#lib/prompt/build-prompt.ts";
import { estimatePrompt } from "#lib/prompt/estimate.ts";
import type { Prompt, PromptRequest } from "#lib/prompt/types.ts";
import { overCapWords, tokensOf } from "#lib/turn/spending.ts";
import type { TurnOutcome } from "#lib/turn/types.ts";
import type { Estimate } from "#lib/wire/events.ts";
import { requestOf } from "./ask.ts";
import type { LiveDocument } from "./live-document.ts";
import type { Extras, Job } from "./turn-job.ts";
import type { Asked, TurnRunnerOptions } from "./turn-options.ts";
import { newTurn } from "./turn-rows.ts";

export class TurnCosts {
  private readonly options: TurnRunnerOptions;
  private readonly turns: readonly Turn[];

  constructor(options: TurnRunnerOptions, turns: readonly Turn[]) {
    this.options = options;
    this.turns = turns;
  }

  /** Tokens that this project has used so far: its turns and its plans. */
  get spent(): number {
    const paid = this.turns.filter((turn) => this.costs(turn.lane));
    return paid.reduce((sum, turn) => sum + tokensOf(turn), this.options.plansSpent());
  }

  /** Tokens of the newest turn that has cost some; null while none has. */
  get newest(): number | null {
    const newest = this.turns.findLast((turn) => this.costs(turn.lane) && tokensOf(turn) > 0);
    return newest ? tokensOf(newest) : null;
  }

  /** What a prompt would cost at most; the built-in designer costs nothing. */
  async estimate(asked: Pick<Asked, "lane" | "text">, variantIds: VariantId[]): Promise<Estimate> {
    const costs = this.costs(asked.lane);
    const { spending } = this.options.answering;
    const sum = { inputTokens: 0, outputTokens: 0 };
    for (const variantId of costs ? variantIds : []) {
      const turn = newTurn({
        ...{ id: "" as TurnId, promptId: "" as PromptId, model: "", startedAt: 0 },
        ...{ variantId, kind: "prompt", lane: asked.lane, text: asked.text },
      });
      const live = await this.options.live(variantId);
      const cost = this.costOf(asked.lane, this.promptOf(turn, asked.lane, {}, live));
      sum.inputTokens += cost.inputTokens;
      sum.outputTokens += cost.outputTokens;
    }
    const { hour, project } = spending.left(this.spent);
    const left = [hour, project].filter((each) => each !== null);
    return { costs, ...sum, turns: variantIds.length, left: left.length > 0 ? Math.min(...left) : null };
  }

  /** A sentence when a cap of this server's owner does not allow it. */
  async overCap(asked: Pick<Asked, "lane" | "text">, variantIds: VariantId[]): Promise<string | null> {
    if (!this.options.answering.spending.hasCaps || !this.costs(asked.lane)) return null;
    const { inputTokens, outputTokens, turns } = await this.estimate(asked, variantIds);
    const over = this.options.answering.spending.check(inputTokens + outputTokens, turns, this.spent);
    return over && overCapWords(over);
  }

  private costs(answerer: Answerer): boolean {
    return !this.options.answering.of(answerer).driver.builtIn;
  }

  measure({ answerer }: Job, prompt: Prompt, { usage, timings, rawOutput }: TurnOutcome): void {
    const { spending, record, of } = this.options.answering;
    const { driver } = of(answerer);
    if (driver.builtIn || rawOutput === "") return;
    const estimated = this.costOf(answerer, prompt).inputTokens;
    spending.spent((usage?.inputTokens ?? estimated) + (usage?.outputTokens ?? timings.tokens));
    if (usage?.inputTokens) {
      const bytes = estimatePrompt(prompt, 1).inputTokens;
      record.sawTokens(driver.name, bytes, usage.inputTokens);
    }
  }

  promptOf(turn: Turn, answerer: Answerer, extras: Extras, live: LiveDocument): Prompt {
    const { answering } = this.options;
    const { driver, inputTokens } = answering.of(answerer);
    const format = answering.record.formatOf(driver.name);
    return buildPrompt(this.requestOf(turn, extras, live), { format, inputTokens });
  }

  private requestOf(turn: Turn, extras: Extras, live: LiveDocument): PromptRequest {
    const { projectId, variant, variantsOfSet } = this.options;
    const of = variant(turn.variantId);
    const count = variantsOfSet(of.setNumber).length;
    return requestOf({ turn, turns: this.turns, variant: of, count, projectId, extras, live });
  }

  private costOf(answerer: Answerer, prompt: Prompt): { inputTokens: number; outputTokens: number } {
    const { record, of } = this.options.answering;
    return estimatePrompt(prompt, record.bytesPerToken(of(answerer).driver.name));
  }
}
