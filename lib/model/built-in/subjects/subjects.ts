/** All subjects. Where several fit a prompt, the one named first in it wins; where two fit at the same word, the first in this list. */
import { body } from "./body.ts";
import { food } from "./food.ts";
import { gatherings } from "./gatherings.ts";
import { generic, others } from "./others.ts";
import type { Subject } from "./subject.ts";
import { work } from "./work.ts";

const subjects: Subject[] = [...others, ...food, ...body, ...gatherings, ...work];

export function subjectOf(text: string): Subject {
  const found = subjects
    .map((subject) => ({ subject, at: text.search(subject.words) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at);
  return found[0]?.subject ?? generic;
}
