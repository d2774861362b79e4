/** What a project is asked for with, wherever it is asked. */
import type { Answerer } from "./rows.ts";

/** `plan`: who makes the directions; "hold": they are shown before anything is built. */
export type NewProjectInput = {
  text: string;
  count: number;
  ownerId: string;
  lane?: Answerer;
  plan?: "designer" | "deep";
  hold?: boolean;
};
