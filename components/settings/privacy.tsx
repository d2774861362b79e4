"use client";
import { type Leaving, useSettings } from "#lib/client/settings.ts";

/** What leaves this machine, as the server is configured now. */
export function Privacy() {
  const { data } = useSettings();
  if (!data) return null;
  if (!data.ok) return <p className="max-w-prose text-ink-2">{data.message}</p>;
  const leaves = data.leaves.filter(({ to }) => to !== null);
  const stays = data.leaves.filter(({ to }) => to === null);
  return (
    <div className="flex flex-col gap-5">
      <section>
        <h3 className="text-base font-semibold">What leaves this machine</h3>
        {leaves.length === 0 ? <p className="mt-1 text-ink-2">Nothing.</p> : <Rows rows={leaves} />}
      </section>
      <section>
        <h3 className="text-base font-semibold">What does not</h3>
        <Rows rows={stays} />
      </section>
      <section>
        <h3 className="text-base font-semibold">Where it is kept</h3>
        <p className="mt-1 break-all">
          <code className="font-mono text-xs">{data.dataFolder}</code>
        </p>
        <p className="mt-1 max-w-prose text-xs text-ink-3">
          Keys that are set here lie there encrypted, readable by your user alone, and are never sent to a
          browser.
        </p>
      </section>
    </div>
  );
}

function Rows({ rows }: { rows: Leaving[] }) {
  return (
    <ul className="mt-1.5 flex flex-col divide-y divide-line">
      {rows.map(({ what, to, when }) => (
        <li key={what} className="py-1.5">
          <span className="font-medium">{what}</span>
          {to ? <span> → {to}</span> : null}
          <span className="block text-xs text-ink-3">{when}</span>
        </li>
      ))}
    </ul>
  );
}
