/** What is asked of a variant shows at once, and is gone when it was refused (interactions.md §3). */
import { expect, test } from "vitest";
import { hopeFor, hopes, withHopes } from "../../components/studio/hopes.ts";
import type { VariantId } from "../../lib/project/ids.ts";
import type { Variant } from "../../lib/project/rows.ts";

const variants = ["A", "B"].map((id) => ({
  id: id as VariantId,
  name: `Name of ${id}`,
  keptAt: null,
})) as Variant[];
const shown = () => withHopes(variants, hopes.get().list);
const [a] = variants.map(({ id }) => id) as [VariantId];

test("a change shows until it is answered; the later one lies over the earlier one; others stay as they are", async () => {
  const answers: ((ok: boolean) => void)[] = [];
  const ask = () => new Promise<boolean>((resolve) => answers.push(resolve));
  const kept = hopeFor({ variantId: a, change: { keptAt: 1 } }, ask());
  const named = hopeFor({ variantId: a, change: { name: "Umbel" } }, ask());
  const again = hopeFor({ variantId: a, change: { keptAt: null } }, ask());
  expect(shown()[0]).toMatchObject({ keptAt: null, name: "Umbel" });
  expect(shown()[1]).toBe(variants[1]);
  answers[2]?.(true);
  await again;
  expect(shown()[0]).toMatchObject({ keptAt: 1, name: "Umbel" });
  answers[0]?.(false);
  answers[1]?.(false);
  expect(await Promise.all([kept, named])).toEqual([false, false]);
  expect(shown()).toBe(variants);
});

test("a change whose asking fails is gone, too", async () => {
  await expect(
    hopeFor({ variantId: a, change: { name: "x" } }, Promise.reject(new Error("lost"))),
  ).rejects.toThrow("lost");
  expect(shown()).toBe(variants);
});
