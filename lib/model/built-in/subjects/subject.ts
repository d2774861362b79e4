/** What the designer can write about: plain words per kind of place. Prices, hours and names are samples and say so on the page. */
import type { Motif } from "../pictures/motifs.ts";

/** Decides which sections make sense: a shop has hours, a product has a comparison. */
export type Kind = "place" | "service" | "product" | "gathering";

export type Pair = [title: string, text: string];

export type Subject = {
  id: string;
  kind: Kind;
  words: RegExp;
  /** How it is called in a sentence: "the bakery". */
  noun: string;
  name: string;
  hue: number;
  /** Objects in its pictures; the first is the hero's. */
  motifs: [Motif, Motif, Motif, Motif];
  headlines: string[];
  intro: string;
  story: string;
  /** Title of what it sells or offers. */
  offer: string;
  features: Pair[];
  steps: Pair[];
  facts: [value: string, label: string][];
  prices: [item: string, price: string][];
  questions: [question: string, answer: string][];
  roles: string[];
  action: string;
  actionText: string;
};

export const subject = (value: Subject): Subject => value;

/** A neighbour of a subject: other words, pictures and headlines, the same practice. */
export function like(base: Subject, change: Partial<Subject> & Pick<Subject, "id" | "words">): Subject {
  return { ...base, ...change };
}
