/** `/shared/<link>/<commit>/<key>` on a preview server: a page that was built before it was asked for (lib/share/pages.ts). */
import type { CommitId, ShareId } from "#lib/project/ids.ts";
import { parseSharedPath } from "#lib/project/shared-path.ts";
import type { Pages, SharedDocument } from "#lib/share/pages.ts";
import type { FrameManifest } from "./frame-files.ts";

export type Answer = { status: number; headers: Record<string, string>; body: string | Buffer };

/** Null when the path is none of a shared page. */
export async function answerShared(
  pages: Pick<Pages, "open" | "script">,
  manifest: FrameManifest,
  path: string,
): Promise<Answer | null> {
  const script = /^\/shared-files\/([0-9a-f]{32})\.js$/.exec(path)?.[1];
  if (script !== undefined) return scriptAnswer(await pages.script(script).catch(() => null));
  const named = parseSharedPath(path);
  if (!named) return null;
  const document = await pages
    .open(named.shareId as ShareId, named.commitId as CommitId, named.key)
    .catch(() => null);
  return {
    status: document ? 200 : 404,
    headers: {
      "content-type": "text/html; charset=utf-8",
      // A link can be switched off at any time; its script and packages have names of their own for ever.
      "cache-control": "no-store",
      "x-robots-tag": "noindex",
    },
    body: document ? documentHtml(manifest, document) : plainHtml("This page is not here any more."),
  };
}

function scriptAnswer(script: Buffer | null): Answer {
  if (!script) return { status: 404, headers: { "cache-control": "no-store" }, body: "" };
  return {
    status: 200,
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
    },
    body: script,
  };
}

/** Styles stand in the document, scripts are fetched side by side and run in order: nothing is waited for twice. */
function documentHtml({ page, packages, fonts }: FrameManifest, document: SharedDocument): string {
  if (!document.ok) return plainHtml(`This version does not run: ${document.problem}`);
  const named = document.packages.flatMap((name) => (packages[name] ? `/${packages[name]}` : []));
  const scripts = [`/${page}`, ...named, ...document.scripts]
    .map((src) => `<script defer crossorigin src="${escaped(src)}"></script>`)
    .join("\n");
  return `<!doctype html>
<html lang="${document.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${document.title}</title>
<link rel="stylesheet" crossorigin href="/${fonts}">
<style data-styles>${document.css.replaceAll("</", "<\\/")}</style>
${scripts}
</head>
<body class="${document.bodyClass}">
${document.body}
</body>
</html>
`;
}

function plainHtml(sentence: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="robots" content="noindex"><title>Shared page</title></head>
<body><p style="margin:0;padding:1.5rem;font:14px/1.5 system-ui,sans-serif;color:#6b6257">${escaped(sentence)}</p></body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
