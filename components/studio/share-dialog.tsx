"use client";
import { Dialog } from "radix-ui";
import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from "react";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { CommitId, ShareId } from "#lib/project/ids.ts";
import type { Share, Variant } from "#lib/project/rows.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";
import { setNumbersOf, variantsOfSet } from "./table.ts";

/** Links: the live room, or one version. Only this page knows the token of a link that it made. */
export function ShareDialog({ client }: { client: RoomClient }) {
  const [open, setOpen] = useState(false);
  // Kept while the dialog is closed: opening it again must not make the same link again.
  const [links, setLinks] = useState<Links>({});
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className="button button-solid">Share</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/30" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 max-h-[76vh] w-[min(30rem,calc(100vw-2rem))] -translate-x-1/2 overflow-y-auto rounded-lg bg-sheet p-5 shadow-float"
        >
          <Dialog.Title className="text-lg font-semibold">Share</Dialog.Title>
          <ShareForm client={client} links={links} setLinks={setLinks} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type Choice = { key: string; label: string; commitId: CommitId | null };

type Links = Record<string, { url: string; shareId: ShareId }>;
type ShareFormProps = { client: RoomClient; links: Links; setLinks: Dispatch<SetStateAction<Links>> };

function ShareForm({ client, links, setLinks }: ShareFormProps) {
  const variants = useRoom(client, (room) => room.variants);
  const choices = choicesOf(variants);
  const [chosen, setChosen] = useState("live");
  const [problem, setProblem] = useState<string | null>(null);
  const [shares, setShares] = useState<Share[]>([]);
  const links$ = useRef(links);
  links$.current = links;
  const choice = choices.find((each) => each.key === chosen) ?? choices[0];
  const commitId = choice?.commitId ?? null;
  const linkKey = choice ? `${choice.key}:${commitId ?? ""}` : "";
  const making = useRef(new Set<string>());

  useEffect(() => void refresh(client, setShares), [client]);
  useEffect(() => {
    // The page renders again while a link is made: it is still made once.
    if (linkKey === "" || links$.current[linkKey] || making.current.has(linkKey)) return;
    making.current.add(linkKey);
    void createLink(client, commitId).then((made) => {
      making.current.delete(linkKey);
      if ("problem" in made) return setProblem(made.problem);
      setProblem(null);
      setLinks((before) => ({ ...before, [linkKey]: made }));
      void refresh(client, setShares);
    });
  }, [client, commitId, linkKey, setLinks]);

  async function revoke(share: Share) {
    const answer = await client.command("revoke", { shareId: share.id });
    if (!answer.ok) return setProblem(sentenceOf(answer.code, answer.detail));
    setLinks((before) =>
      Object.fromEntries(Object.entries(before).filter(([, link]) => link.shareId !== share.id)),
    );
    await refresh(client, setShares);
  }

  return (
    <>
      <fieldset className="mt-3 flex flex-col gap-1 text-sm">
        <legend className="sr-only">What the link shows</legend>
        {choices.map((each) => (
          <label key={each.key} className="flex items-center gap-2 py-0.5">
            <input
              type="radio"
              name="share-what"
              checked={each.key === chosen}
              onChange={() => setChosen(each.key)}
            />
            {each.label}
          </label>
        ))}
      </fieldset>
      <LinkField url={links[linkKey]?.url ?? ""} />
      <p className="mt-2 text-xs text-ink-3">
        Anyone with the link can open it, without an account. It allows no changes.
      </p>
      {problem ? (
        <p role="alert" className="mt-2 text-xs text-bad">
          {problem}
        </p>
      ) : null}
      <ShareList shares={shares} onRevoke={(share) => void revoke(share)} />
    </>
  );
}

function LinkField({ url }: { url: string }) {
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(url);
      setCopied(true);
    } catch {
      // Plain http has no clipboard: the link is selected for the person's own copy key.
      setCopied(document.execCommand("copy"));
    }
  };
  return (
    <div className="mt-4 flex gap-2">
      <input
        ref={field}
        aria-label="Link"
        readOnly
        className="field h-8 rounded-sm bg-raised px-2 font-mono text-xs"
        value={url}
        onFocus={(event) => event.target.select()}
      />
      <button type="button" className="button button-solid" onClick={() => void copy()} disabled={url === ""}>
        {copied ? "Copied" : "Copy"}
      </button>
    </div>
  );
}

function ShareList({ shares, onRevoke }: { shares: Share[]; onRevoke: (share: Share) => void }) {
  const open = shares.filter((share) => share.revokedAt === null);
  if (open.length === 0) return null;
  return (
    <section className="mt-5" aria-label="Links of this project">
      <h3 className="text-xs text-ink-3">Open links</h3>
      <ul className="mt-1 divide-y divide-line text-sm">
        {open.map((share) => (
          <li key={share.id} className="flex items-center gap-2 py-1">
            <span className="flex-1">{labelOf(share)}</span>
            <button
              type="button"
              className="button button-small text-bad"
              aria-label={`Revoke ${labelOf(share)}`}
              onClick={() => onRevoke(share)}
            >
              Revoke
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function labelOf(share: Share): string {
  const time = new Date(share.createdAt).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (share.commitId === null) return `the live room, made ${time}`;
  return `a version of ${share.variantLetter ?? "a variant"}, made ${time}`;
}

function choicesOf(variants: Variant[]): Choice[] {
  const newest = setNumbersOf(variants).at(-1) ?? 1;
  const versions = variantsOfSet(variants, newest).map((variant) => ({
    key: variant.letter,
    label: `This version of variant ${variant.letter}${variant.name ? `, ${variant.name}` : ""}`,
    commitId: variant.headCommitId,
  }));
  return [{ key: "live", label: "Live room (read-only)", commitId: null }, ...versions];
}

async function createLink(
  client: RoomClient,
  commitId: CommitId | null,
): Promise<{ url: string; shareId: ShareId } | { problem: string }> {
  const shareId = newId<ShareId>();
  const token = newId();
  const answer = await client.command("share", { shareId, token, commitId, role: "view" });
  if (!answer.ok) return { problem: sentenceOf(answer.code, answer.detail) };
  return { shareId, url: `${location.origin}/s/${shareId}#${token}` };
}

async function refresh(client: RoomClient, setShares: (shares: Share[]) => void): Promise<void> {
  const answer = await client.command("list-shares", {});
  if (answer.ok) setShares([...answer.shares].sort((a, b) => b.createdAt - a.createdAt));
}
