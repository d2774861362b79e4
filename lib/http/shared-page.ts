/** `/shared/<link>/<commit>/<key>` on a preview server: a page that was built before it was asked for (lib/share/pages.ts). */
import type { CommitId, ShareId } from "#lib/project/ids.ts";
import { parseSharedPath, STATIC_PAGE_ID, type StaticPage } from "#lib/project/shared-path.ts";
import type { OpenedDocument, Pages } from "#lib/share/pages.ts";
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
      ...(document?.indexed ? {} : { "x-robots-tag": "noindex" }),
    },
    body: documentHtml(manifest, document ?? { ok: false, problem: "its link is closed.", indexed: false }),
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

/**
 * A page can send its frame to any address of its preview's host, and each project may have another policy. So nothing of a project
 * loads or runs in this document by itself: all of it is inert data until the relay has said that this is the page it asked for
 * (lib/runtime/static-page.ts). Scripts are fetched meanwhile: all of them are our own host's.
 */
function documentHtml({ page, packages, fonts }: FrameManifest, document: OpenedDocument): string {
  const named = document.ok
    ? document.packages.flatMap((name) => (packages[name] ? `/${packages[name]}` : []))
    : [];
  const scripts = document.ok ? [...named, ...document.scripts] : [];
  const data: StaticPage = document.ok
    ? { ...pick(document), scripts }
    : { problem: `This version does not run: ${document.problem}` };
  const preloads = scripts.map(
    (src) => `<link rel="preload" as="script" crossorigin href="${escaped(src)}">`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${document.indexed ? "" : '<meta name="robots" content="noindex">'}
<title>Shared page</title>
<link rel="stylesheet" crossorigin href="/${fonts}">
${preloads.join("\n")}
<script defer crossorigin src="/${page}"></script>
</head>
<body>
<script type="application/json" id="${STATIC_PAGE_ID}">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>
</body>
</html>
`;
}

function pick({ lang, title, bodyClass, body, css }: Extract<OpenedDocument, { ok: true }>) {
  return { lang, title, bodyClass, body, css };
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
