/** The pages that a project can start from, as the build left them in dist/templates (scripts/build-templates.ts). */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { TEMPLATES } from "#lib/project/templates.ts";
import type { Copy } from "./copy-project.ts";

export type Templates = {
  /** The first `count` pages of a template with its title; null when there is none of that name. */
  read(id: string, count: number): Promise<{ title: string; copies: Copy[] } | null>;
};

type Stored = { name: string; files: [path: string, text: string][] };

export function createTemplates(folder: string): Templates {
  return {
    async read(id, count) {
      const template = TEMPLATES.find((each) => each.id === id);
      if (!template) return null;
      const pages = JSON.parse(await readFile(join(folder, `${id}.json`), "utf8")) as Stored[];
      const copies = pages.slice(0, count).map(({ name, files }) => ({ name, files: new Map(files) }));
      return { title: template.title, copies };
    },
  };
}
