"use client";
import { useState } from "react";
import type { ShareId } from "#lib/project/ids.ts";
import type { Share } from "#lib/project/rows.ts";
import { endWords, shareLabel } from "./share-words.ts";

type ShareListProps = {
  shares: Share[];
  onRevoke(shareId: ShareId): void;
  onRename(shareId: ShareId, name: string): void;
};

/** All links of the project that are open; their addresses are not kept, only what they allow. */
export function ShareList({ shares, onRevoke, onRename }: ShareListProps) {
  if (shares.length === 0) return null;
  return (
    <section className="mt-5" aria-label="Links of this project">
      <h3 className="text-xs text-ink-3">Open links</h3>
      <ul className="mt-1 divide-y divide-line text-sm">
        {shares.map((share) => (
          <li key={share.id} className="flex items-center gap-2 py-1">
            <span className="min-w-0 flex-1">
              <ShareName share={share} onRename={(name) => onRename(share.id, name)} />
              <span className="block px-1 text-xs text-ink-3">{details(share)}</span>
            </span>
            <button
              type="button"
              className="button button-small text-bad"
              aria-label={`Revoke ${share.name || shareLabel(share)}`}
              onClick={() => onRevoke(share.id)}
            >
              Revoke
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function details(share: Share): string {
  const roles = { view: "watch", comment: "comment", edit: "edit" };
  return [
    ...(share.name ? [shareLabel(share)] : []),
    roles[share.role],
    ...(share.hasPassword ? ["password"] : []),
    ...(share.indexed ? ["may be listed by search engines"] : []),
    ...(share.expiresAt === null ? [] : [endWords(share.expiresAt).toLowerCase()]),
  ].join(" · ");
}

function ShareName({ share, onRename }: { share: Share; onRename: (name: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null);
  const label = shareLabel(share);
  const commit = () => {
    if (draft !== null && draft.trim() !== share.name) onRename(draft.trim());
    setDraft(null);
  };
  return (
    <input
      aria-label={`Name of ${label}`}
      className="field truncate rounded-xs px-1 hover:bg-raised"
      placeholder={label}
      maxLength={80}
      value={draft ?? share.name}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
      }}
    />
  );
}
