"use client";
import { NO_KEY, sharedPath, TEMPLATES_LINK } from "#lib/project/shared-path.ts";
import { TEMPLATES, templateCommit } from "#lib/project/templates.ts";
import { Thumbnail } from "./thumbnail.tsx";

type TemplateRowProps = { isCreating: boolean; onPick(template: string): void };

/** Finished pages to begin with; choosing one makes a project of it at once, and no model is asked. */
export function TemplateRow({ isCreating, onPick }: TemplateRowProps) {
  return (
    <section data-region="" className="mt-10" aria-labelledby="templates">
      <h2 id="templates" className="text-xs font-medium text-ink-3">
        Start from
      </h2>
      <ul className="template-row">
        {TEMPLATES.map(({ id, title }) => (
          <li key={id} className="min-w-0">
            <button type="button" className="template-card" disabled={isCreating} onClick={() => onPick(id)}>
              <Thumbnail page={sharedPath(TEMPLATES_LINK, templateCommit(id), NO_KEY)} />
              <span className="mt-1.5 block truncate text-left text-sm">{title}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
