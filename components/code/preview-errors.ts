/** What the pages of the variants say does not run; the list of problems in the drawer shows it. */
import { createStore } from "#lib/client/store.ts";
import type { PreviewError } from "#lib/preview/protocol.ts";
import type { VariantId } from "#lib/project/ids.ts";

type PreviewErrors = { errors: Readonly<Record<VariantId, PreviewError | null>> };

export const previewErrors = createStore<PreviewErrors>({ errors: {} });

export function notePreviewError(variantId: VariantId, error: PreviewError | null): void {
  const { errors } = previewErrors.get();
  if ((errors[variantId] ?? null) !== error) previewErrors.set({ errors: { ...errors, [variantId]: error } });
}
