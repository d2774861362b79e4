/** An art direction as people read and edit it: what one variant is going to be. Plain data; it travels as JSON. */
export type Direction = {
  name: string;
  /** One line. */
  idea: string;
  type: string;
  palette: string;
  layout: string;
  tone: string;
  /** Names of sections from top to bottom. */
  sections: string[];
};

/** Fields of one line each, in the order in which they are shown. */
export const directionFields = ["name", "idea", "type", "palette", "layout", "tone"] as const;

const NAME_CHARS = 40;
const FIELD_CHARS = 160;
const MAX_SECTIONS = 16;

/** Anything → a direction with short, clean fields; null without a name. What a model or a page sends is never trusted. */
export function readDirection(value: unknown): Direction | null {
  if (typeof value !== "object" || value === null) return null;
  const given = value as Record<string, unknown>;
  const line = (field: string, most = FIELD_CHARS) => oneLine(given[field], most);
  const sections = Array.isArray(given.sections) ? given.sections : [];
  const direction = {
    name: line("name", NAME_CHARS),
    idea: line("idea"),
    type: line("type"),
    palette: line("palette"),
    layout: line("layout"),
    tone: line("tone"),
    sections: sections
      .slice(0, MAX_SECTIONS)
      .map((each) => oneLine(each, NAME_CHARS))
      .filter((each) => each !== ""),
  };
  return direction.name === "" ? null : direction;
}

function oneLine(value: unknown, most: number): string {
  return typeof value === "string" ? value.replace(/\s+/g, " ").trim().slice(0, most) : "";
}
