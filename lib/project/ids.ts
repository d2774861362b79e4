/** Branded ids: a VariantId is not a TurnId, although both are text. */
type Brand<Name extends string> = string & { readonly brand: Name };

export type ProjectId = Brand<"project">;
export type VariantId = Brand<"variant">;
export type TurnId = Brand<"turn">;
/** One prompt sent to several variants makes several turns that share this id; the turns list groups by it. */
export type PromptId = Brand<"prompt">;
export type CommitId = Brand<"commit">;
export type ShareId = Brand<"share">;
export type CheckpointId = Brand<"checkpoint">;

/** Every id is 8 to 40 characters of this alphabet (nanoid's): safe in URLs, file names and logs. */
export const ID_PATTERN = /^[A-Za-z0-9_-]{8,40}$/;
