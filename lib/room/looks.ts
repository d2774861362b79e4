/** Compares the pages of a prompt when all of them are written, says how alike they are, and does one thing about it. */
import type { Direction } from "#lib/project/direction.ts";
import type { PromptId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Turn, Variant } from "#lib/project/rows.ts";
import type { Reach } from "#lib/project/vary.ts";
import type { Sameness } from "#lib/wire/events.ts";
import { type Compared, compare, tooAlikeWords } from "./alike.ts";
import type { LiveDocument } from "./live-document.ts";
import type { TurnRunner } from "./turns.ts";

export type LooksOptions = {
  turns: TurnRunner;
  isDesigner(lane: Turn["lane"]): boolean;
  variants(): Variant[];
  live(id: VariantId): Promise<LiveDocument>;
  /** A direction for this variant that no other of the set has; null when there is none left. */
  otherDirection(turn: Turn): Direction | null;
  /** The variant gets this direction, and its name unless a person gave it one. */
  redirect(variantId: VariantId, direction: Direction): void;
  newId(): string;
  emit(sameness: Sameness): void;
  onError(what: string, error: unknown): void;
};

export class Looks {
  private readonly options: LooksOptions;
  /** Prompts whose pages are compared, with how far they may go. */
  private readonly watched = new Map<PromptId, Reach>();
  /** Sets that were drawn again after their last prompt: once is enough. */
  private readonly drawnAgain = new Set<PromptId>();
  private readonly words = new Map<VariantId, string>();
  private sameness: Sameness | null = null;

  constructor(options: LooksOptions) {
    this.options = options;
    options.turns.onEnd((turn) => {
      this.ended(turn).catch((error: unknown) => options.onError("comparing pages", error));
    });
  }

  get current(): Sameness | null {
    return this.sameness;
  }

  watch(promptId: PromptId, reach: Reach): void {
    this.watched.set(promptId, reach);
  }

  /** One sentence for the next prompt of a variant that looks like another; said once. */
  takeWords(variantId: VariantId): string | null {
    const words = this.words.get(variantId) ?? null;
    this.words.delete(variantId);
    return words;
  }

  private async ended(turn: Turn): Promise<void> {
    const reach = this.watched.get(turn.promptId);
    const { turns } = this.options;
    const siblings = turns.turns.filter(({ promptId }) => promptId === turn.promptId);
    if (reach === undefined || siblings.some((each) => each.state === "running")) return;
    const variant = this.options.variants().find(({ id }) => id === turn.variantId);
    const set = this.options
      .variants()
      .filter(({ setNumber, deletedAt }) => deletedAt === null && setNumber === variant?.setNumber);
    const isUsable = siblings.every((each) => each.state === "done");
    if (
      !variant ||
      set.length < 2 ||
      !isUsable ||
      set.some(({ id }) => turns.isWaitingOrWriting(id, turn.id))
    )
      return;
    const pages = await Promise.all(
      set.map(async (each) => ({
        variant: each,
        files: (await this.options.live(each.id)).document.files(),
      })),
    );
    const compared = compare(pages, reach);
    const note = this.act(compared, siblings, turn.promptId, reach, set);
    const pairs = compared.pairs.map(({ letters, score }) => ({ letters, score }));
    this.sameness = { setNumber: variant.setNumber, pairs, note };
    this.options.emit(this.sameness);
  }

  private act(
    { pairs, closest }: Compared,
    siblings: Turn[],
    promptId: PromptId,
    reach: Reach,
    set: Variant[],
  ): string | null {
    if (closest === null) return null;
    const pair = [...pairs].sort((one, other) => other.score - one.score)[0];
    const letter = set.find(({ id }) => id === closest)?.letter ?? "";
    const turn = siblings.find(({ variantId }) => variantId === closest) ?? siblings[0];
    if (!pair || !turn) return null;
    const alike = `${pair.letters[0]} and ${pair.letters[1]} are alike (${Math.round(pair.score * 100)} %)`;
    if (!this.options.isDesigner(turn.lane)) {
      this.words.set(closest, tooAlikeWords(pair.letters, pair.score));
      return `${alike}: the next prompt to ${letter} says so.`;
    }
    const direction = this.drawnAgain.has(promptId) ? null : this.options.otherDirection(turn);
    if (!direction) return `${alike}.`;
    const again = this.options.newId() as PromptId;
    this.drawnAgain.add(again);
    this.watch(again, reach);
    this.options.redirect(closest, direction);
    this.options.turns.start({
      ...{ promptId: again, lane: turn.lane, text: turn.prompt, kind: "create", person: "" },
      turnIds: new Map([[closest, this.options.newId() as TurnId]]),
      extras: () => ({ direction }),
    });
    return `${alike}: ${letter} is drawn once more.`;
  }
}
