"use client";
import { type FormEvent, useState } from "react";
import type { Share } from "#lib/project/rows.ts";
import type { Commands } from "#lib/wire/events.ts";
import { endWords } from "./share-words.ts";

type Wish = Omit<Commands["change-share"], "shareId">;
type ShareOptionsProps = {
  /** Null while the link is made. */
  share: Share | null;
  isLive: boolean;
  onChange(wish: Wish): unknown;
};

const HOUR_MS = 3_600_000;
const ENDS = [
  { label: "Never ends", ms: null },
  { label: "Ends in 1 hour", ms: HOUR_MS },
  { label: "Ends in 1 day", ms: 24 * HOUR_MS },
  { label: "Ends in 7 days", ms: 7 * 24 * HOUR_MS },
];
const ROLES: Record<Share["role"], string> = {
  view: "Can watch",
  comment: "Can comment",
  edit: "Can edit",
};

/** What the shown link allows, for how long, and behind which password: each takes hold at once. */
export function ShareOptions({ share, isLive, onChange }: ShareOptionsProps) {
  const end = share?.expiresAt ?? null;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2 text-sm">
      {isLive ? (
        <select
          aria-label="What the link allows"
          className="h-8 rounded-sm bg-raised px-2 text-xs"
          disabled={!share}
          value={share?.role ?? "view"}
          onChange={(event) => onChange({ role: event.target.value as Share["role"] })}
        >
          {rolesFor(share).map((role) => (
            <option key={role} value={role}>
              {ROLES[role]}
            </option>
          ))}
        </select>
      ) : null}
      <select
        aria-label="When the link ends"
        className="h-8 rounded-sm bg-raised px-2 text-xs"
        disabled={!share}
        value={end === null ? "0" : "set"}
        onChange={(event) => {
          const ms = ENDS[Number(event.target.value)]?.ms ?? null;
          onChange({ expiresAt: ms === null ? null : Date.now() + ms });
        }}
      >
        {end === null ? null : <option value="set">{endWords(end)}</option>}
        {ENDS.map(({ label }, index) => (
          <option key={label} value={index}>
            {label}
          </option>
        ))}
      </select>
      <PasswordField share={share} onChange={onChange} />
      {isLive || share?.hasPassword ? null : (
        <label className="flex min-h-8 items-center gap-2 text-xs">
          <input
            type="checkbox"
            disabled={!share}
            checked={share?.indexed ?? false}
            onChange={(event) => onChange({ indexed: event.target.checked })}
          />
          Search engines may list it
        </label>
      )}
      <p className="w-full text-xs text-ink-3">{allowed(share, isLive)}</p>
    </div>
  );
}

/** There is nothing to comment with yet: the role is offered only where a link has it. */
function rolesFor(share: Share | null): Share["role"][] {
  return share?.role === "comment" ? ["view", "comment", "edit"] : ["view", "edit"];
}

function allowed(share: Share | null, isLive: boolean): string {
  const who = share?.hasPassword ? "Anyone with the link and the password" : "Anyone with the link";
  if (!isLive) return `${who} can open it, without an account, and remix it. It stays as it is now.`;
  if (share?.role === "edit") return `${who} can open it and change everything in it, without an account.`;
  return `${who} can open it, without an account. It allows no changes.`;
}

function PasswordField({ share, onChange }: Pick<ShareOptionsProps, "share" | "onChange">) {
  const [password, setPassword] = useState("");
  if (share?.hasPassword)
    return (
      <button type="button" className="button button-small" onClick={() => onChange({ password: null })}>
        Remove password
      </button>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password !== "") onChange({ password });
  };
  return (
    <form className="flex items-center gap-1" onSubmit={submit}>
      <input
        aria-label="Password"
        className="h-8 w-32 rounded-sm bg-raised px-2 text-xs"
        placeholder="Password"
        autoComplete="off"
        value={password}
        disabled={!share}
        onChange={(event) => setPassword(event.target.value)}
      />
      {password === "" ? null : (
        <button type="submit" className="button button-small">
          Set
        </button>
      )}
    </form>
  );
}
