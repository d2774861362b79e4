import type { ProjectId } from "./ids.ts";

/** A line of the list of projects, as the start page gets it. Times are epoch milliseconds. */
export type ListedProject = {
  id: ProjectId;
  title: string;
  createdAt: number;
  updatedAt: number;
  turns: number;
  /** The beginning of the first prompt. */
  prompt: string;
  /** The newest set, in the order of the table: each with the path of its last stored page on the preview's host. */
  variants: { letter: string; page: string }[];
};
