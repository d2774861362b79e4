"use client";
import { useEffect, useMemo, useState } from "react";
import { StudioView } from "#components/studio/studio-view.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { write } from "#lib/client/query.ts";
import type { ShareId } from "#lib/project/ids.ts";
import type { Network } from "#lib/project/network.ts";
import { PROTOCOL } from "#lib/wire/events.ts";
import { StoredVersion } from "./stored-version.tsx";

type Opened = {
  id: string;
  commitId: string | null;
  variantLetter: string | null;
  title: string;
  createdAt: number;
  /** What the project's previews may reach. */
  network: Network | null;
};
type State = { step: "opening" } | { step: "refused"; message: string } | { step: "open"; share: Opened };

/** A link, opened: its token goes to the server once and leaves the address bar. */
export function SharePage({ shareId }: { shareId: ShareId }) {
  const state = useOpenedShare(shareId);
  const credentials = useMemo(() => ({ protocol: PROTOCOL, shareId }), [shareId]);
  if (state.step === "opening") return <p className="p-6 text-sm text-ink-3">Opening …</p>;
  if (state.step === "refused") return <Notice title="This link does not open" text={state.message} />;
  if (state.share.commitId === null)
    return (
      <StudioView
        credentials={credentials}
        title={state.share.title}
        panes={0}
        firstNetwork={state.share.network}
      />
    );
  return (
    <StoredVersion
      shareId={shareId}
      title={state.share.title}
      letter={state.share.variantLetter ?? "A"}
      createdAt={state.share.createdAt}
      network={state.share.network}
    />
  );
}

function useOpenedShare(shareId: ShareId): State {
  const [state, setState] = useState<State>({ step: "opening" });
  useEffect(() => {
    let isCurrent = true;
    const token = location.hash.slice(1);
    const body = token ? { token } : {};
    void write<{ share: Opened }>("POST", `/api/shares/${shareId}/open`, body).then((answer) => {
      if (!isCurrent) return;
      if (!("share" in answer)) return setState({ step: "refused", message: answer.message });
      history.replaceState(history.state, "", location.pathname);
      setState({ step: "open", share: answer.share });
    });
    return () => {
      isCurrent = false;
    };
  }, [shareId]);
  return state;
}
