/** What the writers of sections share: text that is safe in JSX, and the frame of a section file. */
import { titles } from "../copy.ts";
import type { Page } from "../plan.ts";
import { SECTION_IDS, type SectionName } from "./names.ts";

export type Writer = (page: Page) => string;

export function titleOf({ direction, brief }: Page, name: SectionName): string {
  if (name === "Pricing") return brief.subject.offer;
  if (name === "Hours") return "Opening hours";
  if (name === "Contact" || name === "Cta") return brief.subject.action;
  return titles[name]?.[direction.tone] ?? name;
}

export const actionOf = ({ brief }: Page): string => brief.button ?? brief.subject.action;

/** `const rows = [ … ];` with one object a line. */
export function data(name: string, rows: readonly Record<string, string | number>[]): string {
  const lines = rows.map((row) => {
    const fields = Object.entries(row).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    return `  { ${fields.join(", ")} },`;
  });
  return `const ${name} = [\n${lines.join("\n")}\n];\n\n`;
}

export type Frame = { imports?: string[]; data?: string; state?: string; ground?: string };

/** A section with its heading named; `body` stands inside of it, indented by six. */
export function section(name: SectionName, body: string, frame: Frame = {}): string {
  const id = SECTION_IDS[name];
  const open = `<section id="${id}" aria-labelledby="${id}-title" className="section${frame.ground ? ` ${frame.ground}` : ""}">`;
  return component(name, `${open}\n${body}\n    </section>`, frame);
}

export function component(
  name: string,
  jsx: string,
  { imports = [], data: rows = "", state = "" }: Frame = {},
): string {
  const head = imports.length > 0 ? `${[...imports].sort(byPath).join("\n")}\n\n` : "";
  return `${head}${rows}export default function ${name}() {\n${state}  return (\n    ${jsx}\n  );\n}\n`;
}

/** Packages before files. */
function byPath(one: string, other: string): number {
  const path = (line: string) => /"([^"]+)"/.exec(line)?.[1] ?? "";
  return (
    Number(path(one).startsWith(".")) - Number(path(other).startsWith(".")) ||
    (path(one) < path(other) ? -1 : 1)
  );
}

export const PICTURE = 'import Picture from "./Picture";';
export const SITE = 'import { site } from "../site";';
export const USE_STATE = 'import { useState } from "react";';
