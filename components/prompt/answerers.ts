/** Who can answer here, as people choose it. */
import type { Answerer } from "#lib/project/rows.ts";
import type { LaneInfo } from "#lib/wire/events.ts";

export type Choice = {
  answerer: Answerer;
  title: string;
  model: string;
  note: string | null;
  pausedUntil: number | null;
};

/** The lanes that there are, and the designer where it is not the fast lane itself. */
export function choicesOf(lanes: readonly LaneInfo[]): Choice[] {
  const choices = lanes.map(
    ({ lane, name, note, pausedUntil }): Choice => ({
      answerer: lane,
      title: lane === "fast" ? "Fast" : "Deep",
      model: name,
      note,
      pausedUntil,
    }),
  );
  const hasDesigner = lanes.some(({ lane, builtIn }) => lane === "fast" && builtIn);
  if (hasDesigner || lanes.length === 0) return choices;
  return [
    ...choices,
    { answerer: "designer", title: "Designer", model: "Built-in designer", note: null, pausedUntil: null },
  ];
}

/** "Fast", or the model's own name when there is nothing to choose from. */
export function shortName(choices: readonly Choice[], answerer: Answerer): string {
  const choice = choices.find((each) => each.answerer === answerer) ?? choices[0];
  if (!choice) return "";
  return choices.length === 1 ? choice.model : choice.title;
}
