/** A page that was built on the server: its address on a preview's host (`/shared/<link>/<commit>/<key>`), and what its document holds. */
const PATH = /^\/shared\/([\w-]{8,40})\/([\w-]{8,40})\/([\w-]{32})$/;

/** In the place of a link: the pages of templates, which are everyone's, and those in a list of one's own projects. */
export const TEMPLATES_LINK = "templates";
export const PROJECTS_LINK = "projects";
/** Templates are no secret. */
export const NO_KEY = "-".repeat(32);

/** The parameter of the relay's address that names such a page. */
export const SHARED_PARAMETER = "page";

export function sharedPath(shareId: string, commitId: string, key: string): string {
  return `/shared/${shareId}/${commitId}/${key}`;
}

export function parseSharedPath(path: string): { shareId: string; commitId: string; key: string } | null {
  const [, shareId, commitId, key] = PATH.exec(path) ?? [];
  return shareId && commitId && key ? { shareId, commitId, key } : null;
}

/** The element whose text is a `StaticPage` as JSON. */
export const STATIC_PAGE_ID = "triptych-page";

/** `scripts` in the order in which they run. */
export type StaticPage =
  | { lang: string; title: string; bodyClass: string; body: string; css: string; scripts: string[] }
  | { problem: string };
