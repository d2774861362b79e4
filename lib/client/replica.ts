import { createDraftBook, type DraftBook } from "#lib/document/draft-book.ts";
import { VariantDocument } from "#lib/document/variant-document.ts";

export type ReplicaOfFiles = { document: VariantDocument; drafts: DraftBook };

/** A document of stored files that nobody writes: what a link to one version shows. */
export function replicaOf(files: readonly [path: string, text: string][]): ReplicaOfFiles {
  const document = VariantDocument.seed(new Map(files), "stored");
  return { document, drafts: createDraftBook(document) };
}
