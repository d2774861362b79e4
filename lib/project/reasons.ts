/** Why an edit was not applied, in the words that a person and a model can act on. */
const REASONS: Record<string, string> = {
  "no-path": "no file was named",
  "bad-path": "the path leaves the project",
  "no-file": "there is no such file",
  "no-match": "the searched lines stand nowhere in the file",
  ambiguous: "the searched lines stand in several places",
  "empty-search": "an empty search cannot replace a file that has text",
  placeholder: "a comment stood for left-out code",
  "malformed-marker": "a marker of the block was broken",
  "malformed-patch": "the patch was malformed",
  truncated: "the answer ended in the middle of it",
  "context-mismatch": "the lines around it are not in the file",
  "does-not-parse": "the file would not parse afterwards",
  "person-edited": "a person was typing there",
  "unsupported-file": "this kind of file is not written",
  limit: "a limit was reached",
  locked: "this file is locked",
};

/** A reason that is not known is given as it is. */
export function reasonWords(reason: string): string {
  return REASONS[reason] ?? reason;
}
