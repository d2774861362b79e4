/** What a prompt may change, how far it may go, and what stays as it is. */
export const variedParts = ["layout", "colour", "type", "copy", "images"] as const;
export type VariedPart = (typeof variedParts)[number];

export const reaches = ["refine", "explore", "reimagine"] as const;
export type Reach = (typeof reaches)[number];

/** `locked` are paths of files whose bytes stay; parts that are left out of `parts` are only asked to stay. */
export type Vary = { parts: VariedPart[]; reach: Reach; locked: string[] };

/** Nothing said: everything may change, as far as the prompt goes. */
export const varyFreely: Vary = { parts: [...variedParts], reach: "explore", locked: [] };
