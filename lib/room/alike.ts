/**
 * Three pages that look like one are no choice. After pages of one prompt are written they are compared; when two are too
 * alike the designer draws the closest one again, once. A language model is told with its next prompt: a turn costs.
 */
import type { Files } from "#lib/project/files.ts";
import type { VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";
import { compareTraits, SAMENESS_CEILINGS, traitsOf } from "#lib/project/sameness.ts";
import type { Reach } from "#lib/project/vary.ts";
import type { Sameness } from "#lib/wire/events.ts";

export type Compared = {
  pairs: (Sameness["pairs"][number] & { between: [VariantId, VariantId] })[];
  /** The page to draw again when two are too alike: of the closest pair the one that is nearer to the others too. */
  closest: VariantId | null;
};

export function compare(pages: { variant: Variant; files: Files }[], reach: Reach): Compared {
  const read = pages.map(({ variant, files }) => ({ variant, traits: traitsOf(files) }));
  const pairs = read.flatMap((one, index) =>
    read.slice(index + 1).map((other) => ({
      letters: `${one.variant.letter}${other.variant.letter}`,
      score: Math.round(compareTraits(one.traits, other.traits).score * 100) / 100,
      between: [one.variant.id, other.variant.id] as [VariantId, VariantId],
    })),
  );
  const nearest = pairs.reduce<(typeof pairs)[number] | null>(
    (best, pair) => (best === null || pair.score > best.score ? pair : best),
    null,
  );
  if (!nearest || nearest.score <= SAMENESS_CEILINGS[reach]) return { pairs, closest: null };
  const total = (id: VariantId) =>
    pairs.reduce((sum, pair) => (pair.between.includes(id) ? sum + pair.score : sum), 0);
  const [one, other] = nearest.between;
  return { pairs, closest: total(one) > total(other) ? one : other };
}

/** For the next prompt of a language model. */
export function tooAlikeWords(letters: string, score: number): string {
  const [one, other] = letters;
  return `Pages ${one} and ${other} look too much alike (${Math.round(score * 100)} %): move away from the other in order of sections, layout and palette.`;
}
