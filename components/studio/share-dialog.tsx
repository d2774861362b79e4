"use client";
import { Dialog } from "radix-ui";
import { type Dispatch, type SetStateAction, useCallback, useEffect, useRef, useState } from "react";
import { useOffer } from "#components/commands/offers.ts";
import { useGiveBack } from "#components/commands/use-give-back.ts";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { ShareId } from "#lib/project/ids.ts";
import type { Share } from "#lib/project/rows.ts";
import type { Commands } from "#lib/wire/events.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";
import { choicesOf, type ShareChoice } from "./share-choices.ts";
import { ShareLink } from "./share-link.tsx";
import { ShareList } from "./share-list.tsx";
import { ShareOptions } from "./share-options.tsx";

/** Links: the live room, one variant of it, versions. Only this page knows the token of a link that it made. */
export function ShareDialog({ client }: { client: RoomClient }) {
  const [open, setOpen] = useState(false);
  // Kept while the dialog is closed: opening it again must not make the same link again.
  const [links, setLinks] = useState<Links>({});
  // The key copies the link as well, as soon as there is one.
  const [copies, setCopies] = useState(false);
  useOffer("share", () => {
    setCopies(true);
    setOpen(true);
  });
  const openOrClose = (isOpen: boolean) => {
    setOpen(isOpen);
    if (!isOpen) setCopies(false);
  };
  return (
    <Dialog.Root open={open} onOpenChange={openOrClose}>
      <Dialog.Trigger className="button button-solid">Share</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/30" />
        <ShareContent client={client} links={links} setLinks={setLinks} copies={copies} />
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A key opens it, too: the focus goes back to where that was pressed. */
function ShareContent(form: ShareFormProps) {
  const giveBack = useGiveBack();
  return (
    <Dialog.Content
      aria-describedby={undefined}
      className="fixed top-[6vh] left-1/2 z-50 max-h-[88vh] w-[min(34rem,calc(100vw-1rem))] -translate-x-1/2 overflow-y-auto rounded-lg bg-sheet p-5 shadow-float"
      onCloseAutoFocus={giveBack}
    >
      <div className="flex items-center">
        <Dialog.Title className="flex-1 text-lg font-semibold">Share</Dialog.Title>
        <Dialog.Close className="button button-small">Close</Dialog.Close>
      </div>
      <ShareForm {...form} />
    </Dialog.Content>
  );
}

type Links = Record<string, { url: string; shareId: ShareId }>;
type ShareFormProps = {
  client: RoomClient;
  links: Links;
  setLinks: Dispatch<SetStateAction<Links>>;
  copies: boolean;
};

function ShareForm({ client, links, setLinks, copies }: ShareFormProps) {
  const variants = useRoom(client, (room) => room.variants.filter(({ deletedAt }) => deletedAt === null));
  const choices = choicesOf(variants);
  const [chosen, setChosen] = useState("live");
  const choice = choices.find((each) => each.key === chosen) ?? (choices[0] as ShareChoice);
  const { shares, problem, run, refresh } = useShares(client);
  useMadeLink(client, choice, { links, setLinks, run, refresh });

  const link = links[choice.linkKey];
  const share = shares.find(({ id }) => id === link?.shareId) ?? null;
  const change = (wish: Omit<Commands["change-share"], "shareId">, shareId = share?.id) =>
    shareId && run(client.command("change-share", { shareId, ...wish }));
  const revoke = async (shareId: ShareId) => {
    if (!(await run(client.command("revoke", { shareId })))) return;
    setLinks((before) =>
      Object.fromEntries(Object.entries(before).filter(([, each]) => each.shareId !== shareId)),
    );
  };
  return (
    <>
      <fieldset className="mt-3 grid gap-x-4 text-sm min-[560px]:grid-cols-2">
        <legend className="sr-only">What the link shows</legend>
        {choices.map((each) => (
          <label key={each.key} className="flex min-h-7 items-center gap-2">
            <input
              type="radio"
              name="share-what"
              checked={each.key === choice.key}
              onChange={() => setChosen(each.key)}
            />
            {each.label}
          </label>
        ))}
      </fieldset>
      <ShareLink url={link?.url ?? ""} copies={copies} />
      <ShareOptions key={share?.id ?? ""} share={share} isLive={choice.isLive} onChange={change} />
      {problem ? (
        <p role="alert" className="mt-2 text-xs text-bad">
          {problem}
        </p>
      ) : null}
      <ShareList
        shares={shares}
        onRevoke={(shareId) => void revoke(shareId)}
        onRename={(shareId, name) => void change({ name }, shareId)}
      />
    </>
  );
}

type Shares = {
  /** Open ones, newest first. */
  shares: Share[];
  problem: string | null;
  /** Waits for a command; false, and its reason told, when it was refused. */
  run(asked: ReturnType<RoomClient["command"]>): Promise<boolean>;
  refresh(): Promise<void>;
};

function useShares(client: RoomClient): Shares {
  const [shares, setShares] = useState<Share[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useCallback(async () => {
    const answer = await client.command("list-shares", {});
    if (answer.ok) setShares(answer.shares.filter(({ revokedAt }) => revokedAt === null).reverse());
  }, [client]);
  const run = useCallback<Shares["run"]>(
    async (asked) => {
      const answer = await asked;
      setProblem(answer.ok ? null : sentenceOf(answer.code, answer.detail));
      if (answer.ok) await refresh();
      return answer.ok;
    },
    [refresh],
  );
  useEffect(() => void refresh(), [refresh]);
  return { shares, problem, run, refresh };
}

/** The link of what is chosen is made at once, and once. */
function useMadeLink(
  client: RoomClient,
  { linkKey, wish }: ShareChoice,
  { links, setLinks, run }: Pick<ShareFormProps, "links" | "setLinks"> & Pick<Shares, "run" | "refresh">,
): void {
  const making = useRef(new Set<string>());
  const isThere = links[linkKey] !== undefined;
  const latest = useRef(wish);
  latest.current = wish;
  useEffect(() => {
    // The page renders again while a link is made: it is still made once.
    if (isThere || making.current.has(linkKey)) return;
    making.current.add(linkKey);
    const shareId = newId<ShareId>();
    const token = newId();
    void run(client.command("share", { shareId, token, role: "view", ...latest.current })).then((isMade) => {
      making.current.delete(linkKey);
      if (isMade)
        setLinks((before) => ({
          ...before,
          [linkKey]: { shareId, url: `${location.origin}/s/${shareId}#${token}` },
        }));
    });
  }, [client, isThere, linkKey, run, setLinks]);
}
