/** What a turn says that gave way to newer words; the studio knows it by this. */
export const STEERED = "Steered: the next turn goes on from here.";
