/** What stands around Next's answers. Next itself is left out: a page that says "page" takes its place. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { handlePage } from "../../lib/http/pages.ts";
import type { ShareId } from "../../lib/project/ids.ts";
import type { Storage, StoredShare } from "../../lib/storage/types.ts";
import { newProject, newShare } from "../storage/support.ts";

const { id: projectId } = newProject();
const shares: Record<string, Partial<StoredShare>> = {
  "link-quiet-0001": {},
  "link-listed-0001": { indexed: true },
  "link-locked-0001": { indexed: true, passwordHash: "salt.hash" },
  "link-over-00001": { indexed: true, expiresAt: 1 },
};

let server: Server;
let url = "";
beforeAll(async () => {
  const getShare: Storage["getShare"] = async (id: ShareId) =>
    shares[id] ? newShare(projectId, { id, ...shares[id] }) : null;
  const pages = {
    getRequestHandler: () => async (_request: unknown, response: { end(text: string): void }) =>
      response.end("page"),
  };
  server = createServer(
    (request, response) =>
      void handlePage(
        { pages: pages as never, storage: { getShare } as Storage, dev: false },
        request,
        response,
      ),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

test.each([
  ["/", 200, "noindex"],
  ["/s/link-quiet-0001", 200, "noindex"],
  ["/s/link-listed-0001", 200, null],
  ["/s/link-locked-0001", 200, "noindex"],
  ["/s/link-over-00001", 410, "noindex"],
  ["/s/link-unknown-01", 200, "noindex"],
] as const)("[L6] %s answers %i and says %s to search engines", async (path, status, robots) => {
  const answer = await fetch(`${url}${path}`);
  expect([answer.status, answer.headers.get("x-robots-tag")]).toEqual([status, robots]);
});
