import type { Network } from "#lib/project/network.ts";

/** Says in a pane what its page may reach; nothing while it may reach nothing. */
export function NetworkLine({ network }: { network: Network | null }) {
  if (!network) return null;
  const words = `Network: ${network.hosts.join(", ")}`;
  return (
    <p className="flex-none truncate border-t border-line px-3 py-1 text-xs text-ink-2" title={words}>
      {words}
    </p>
  );
}
