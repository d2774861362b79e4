"use client";
import { Choice } from "#components/ui/choice.tsx";
import { setView, useView, type View } from "./view-state.ts";

const VIEWS: { value: View; title: string; hint: string }[] = [
  { value: "three", title: "Three", hint: "All side by side (0)" },
  { value: "focus", title: "Focus", hint: "One large (1, 2, 3)" },
  { value: "compare", title: "Compare", hint: "Two against each other (\\)" },
];

/** How the sheets lie. With one sheet there is nothing to compare. */
export function ViewSwitch({ count }: { count: number }) {
  const view = useView((state) => state.view);
  const options = VIEWS.map((each) => ({ ...each, disabled: each.value === "compare" && count < 2 }));
  return <Choice label="View" value={view} options={options} onChoose={setView} />;
}
