/** Sections of ours on a page of someone else: the classes and tokens they use are added to its style sheet, derived from its own colours. */
import { css } from "#lib/project/colour.ts";
import { pathOf, SITE, siteFile } from "../page-files.ts";
import { completed } from "../palettes.ts";
import { motifsFile, pictureFile } from "../pictures/picture-files.ts";
import type { Page } from "../plan.ts";
import { componentStyles, STYLES } from "../style.ts";
import type { Draft } from "./draft.ts";
import { coloursOf } from "./tokens.ts";

/** What the source of a section needs beside itself. */
export function ensureKit(draft: Draft, page: Page, source: string): void {
  const { files } = draft;
  if (source.includes('"../site"') && !files.has(SITE)) files.set(SITE, siteFile(page));
  if (source.includes('"./Picture"') && !files.has(pathOf("Picture"))) {
    files.set(pathOf("motifs"), motifsFile(page.brief.subject.motifs));
    files.set(pathOf("Picture"), pictureFile(page.brief.subject.motifs, page.direction));
  }
  const styles = files.get(STYLES) ?? '@import "tailwindcss";\n';
  if (/^\s*\.wrap\s*\{/m.test(styles)) return;
  files.set(
    STYLES,
    `${styles.trimEnd()}\n\n${missingTokens(draft, page, styles)}${componentStyles(page.direction)}`,
  );
}

function missingTokens(draft: Draft, page: Page, styles: string): string {
  const colours = coloursOf(draft);
  const palette = colours ? completed(colours) : page.palette;
  const wanted: [string, string][] = [
    ["--color-paper", css(palette.paper)],
    ["--color-surface", css(palette.surface)],
    ["--color-ink", css(palette.ink)],
    ["--color-muted", css(palette.muted)],
    ["--color-line", css(palette.line)],
    ["--color-accent", css(palette.accent)],
    ["--color-accent-ink", css(palette.accentInk)],
    ["--color-second", css(palette.second)],
    ["--font-display", page.direction.display],
  ];
  const theme = wanted
    .filter(([name]) => !styles.includes(`${name}:`))
    .map(([name, value]) => `  ${name}: ${value};`);
  const root: [string, string][] = [
    ["--radius-card", page.direction.radius],
    ["--radius-button", page.direction.radius],
    ["--shadow-card", "0 0 0 1px var(--color-line)"],
    ["--space-section", page.direction.space],
  ];
  const shape = root
    .filter(([name]) => !styles.includes(`${name}:`))
    .map(([name, value]) => `  ${name}: ${value};`);
  return `${theme.length > 0 ? `@theme {\n${theme.join("\n")}\n}\n\n` : ""}${shape.length > 0 ? `:root {\n${shape.join("\n")}\n}\n\n` : ""}`;
}
