import type { Network } from "#lib/project/network.ts";
import type { Role } from "#lib/project/rows.ts";

/** What the server says of a link that was opened (lib/http/share-routes.ts). */
export type OpenedShare = {
  id: string;
  kind: "room" | "variant" | "version" | "set";
  role: Role;
  title: string;
  createdAt: number;
  /** The stored versions, each with the path of its page on the preview's host; none when it shows what is live. */
  versions: { letter: string; name: string; page: string }[];
  /** What the project's previews may reach. */
  network: Network | null;
};
