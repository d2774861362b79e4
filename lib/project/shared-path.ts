/** The address of one commit of a link on a preview server: `/shared/<link>/<commit>/<key>`. */
const PATH = /^\/shared\/([\w-]{8,40})\/([\w-]{8,40})\/([\w-]{32})$/;

/** The parameter of the relay's address that names such a page. */
export const SHARED_PARAMETER = "page";

export function sharedPath(shareId: string, commitId: string, key: string): string {
  return `/shared/${shareId}/${commitId}/${key}`;
}

export function parseSharedPath(path: string): { shareId: string; commitId: string; key: string } | null {
  const [, shareId, commitId, key] = PATH.exec(path) ?? [];
  return shareId && commitId && key ? { shareId, commitId, key } : null;
}
