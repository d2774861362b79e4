/**
 * The templates of the start page, into dist/templates/: the built-in designer's pages for each, as many as a set has variants, and
 * the first of them built as the page of a link is. Deterministic: the same program gives the same files.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { answerTo } from "../lib/model/built-in/designer.ts";
import type { Files } from "../lib/project/files.ts";
import type { CommitId } from "../lib/project/ids.ts";
import { letterOf } from "../lib/project/letters.ts";
import { limits } from "../lib/project/limits.ts";
import { templateFiles } from "../lib/project/template.ts";
import { TEMPLATES, type Template, templateCommit } from "../lib/project/templates.ts";
import { createPages } from "../lib/share/pages.ts";
import { answeredFiles } from "../lib/turn/answered-files.ts";

const folder = join(import.meta.dirname, "..", "dist", "templates");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const made = new Map<string, Files>();
for (const template of TEMPLATES) {
  const variants = Array.from({ length: limits.variantsPerSet }, (_, position) => drawn(template, position));
  const [first] = variants;
  if (first) made.set(templateCommit(template.id), first.files);
  const stored = variants.map(({ name, files }) => ({ name, files: [...files] }));
  writeFileSync(join(folder, `${template.id}.json`), JSON.stringify(stored));
}
const pages = createPages({
  folder: join(folder, "pages"),
  readCommit: async (id) => made.get(id) ?? null,
  getShare: async () => null,
  onError: (_what, error) => {
    throw error;
  },
});
for (const commit of made.keys()) await pages.prepare(commit as CommitId);

function drawn({ id, prompt }: Template, position: number): { name: string; files: Files } {
  if (prompt === null) return { name: "", files: templateFiles };
  const letter = letterOf(position);
  const place = {
    letter,
    position,
    variantCount: limits.variantsPerSet,
    seed: `template-${id}`,
    history: [],
  };
  const answer = [...answerTo({ text: prompt, kind: "create", files: templateFiles, ...place })].join("");
  const name = /^Direction: (.+)\.$/m.exec(answer)?.[1] ?? "";
  return { name, files: answeredFiles(templateFiles, answer) };
}
