/** Instrumentation: a plan of events in one file, and typed calls where people click. The same names in every variant. */
import { pathOf } from "../page-files.ts";
import { componentsOf, type Draft, type Rule } from "./draft.ts";

const TRACK = "/src/track.ts";
const BUTTON = /<a href="#contact" className="button/;

export const trackingRules: Rule[] = [
  {
    kind: "measure clicks",
    example: "track the button",
    pattern: /\b(?:track(?:ing)?|analytics|measure|instrument\w*|count (?:the )?clicks|events? plan)\b/i,
    apply: (draft) => track(draft),
  },
];

function track(draft: Draft): string {
  if (draft.files.has(TRACK)) return "Clicks are measured already; the plan of events is in src/track.ts.";
  const events = new Map<string, string>();
  for (const [path, text] of componentsOf(draft)) {
    const name = /\/(\w+)\.tsx$/.exec(path)?.[1] ?? "";
    let next = text;
    if (BUTTON.test(text)) {
      const event = `${name.toLowerCase()}_button_click`;
      events.set(event, `The button in ${name} was clicked.`);
      next = next.replace(BUTTON, `<a href="#contact" onClick={() => track("${event}")} className="button`);
    }
    if (/ {4}setSent\(true\);/.test(text)) {
      const event = `${name.toLowerCase()}_form_sent`;
      events.set(event, `The form in ${name} was sent.`);
      next = next.replace(/ {4}setSent\(true\);/, `    setSent(true);\n    track("${event}");`);
    }
    if (next !== text)
      draft.files.set(
        path,
        `import { track } from "${path === pathOf(name) ? "../track" : "./track"}";\n${next}`,
      );
  }
  if (events.size === 0) return "I found no button or form of mine to measure.";
  draft.files.set(TRACK, trackFile(events));
  return `Clicks and sent forms are events now (${[...events.keys()].join(", ")}); the plan is in src/track.ts. Nothing is sent anywhere until you connect it.`;
}

function trackFile(events: Map<string, string>): string {
  const lines = [...events].map(([name, said]) => `  /** ${said} */\n  ${name}: true,`);
  return `/** The plan of events: everything that is measured, and nothing else. */
const events = {
${lines.join("\n")}
};

/** Announces an event on the page; connect your own analytics by listening to "track". */
export function track(event: keyof typeof events) {
  window.dispatchEvent(new CustomEvent("track", { detail: { event } }));
}
`;
}
