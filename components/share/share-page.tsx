"use client";
import dynamic from "next/dynamic";
import { type FormEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Logo } from "#components/ui/logo.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useLasting } from "#components/ui/use-lasting.ts";
import { write } from "#lib/client/api.ts";
import type { ShareId } from "#lib/project/ids.ts";
import { PROTOCOL } from "#lib/wire/events.ts";
import type { OpenedShare } from "./opened-share.ts";
import { StoredVersions } from "./stored-versions.tsx";

/** Whoever opens a stored version does not load the studio for it. */
const StudioView = dynamic(() => import("#components/studio/studio-view.tsx").then((all) => all.StudioView), {
  ssr: false,
});

type State =
  | { step: "opening" }
  | { step: "password"; problem: string | null }
  | { step: "refused"; message: string }
  | { step: "open"; share: OpenedShare };

/** A link, opened: its token goes to the server once and leaves the address bar. */
export function SharePage({ shareId }: { shareId: ShareId }) {
  const [state, open] = useOpenedShare(shareId);
  const credentials = useMemo(() => ({ protocol: PROTOCOL, shareId }), [shareId]);
  switch (state.step) {
    case "opening":
      return <Opening />;
    case "refused":
      return <Notice title="This link does not open" text={state.message} />;
    case "password":
      return <PasswordForm problem={state.problem} onPassword={open} />;
    case "open":
      return state.share.versions.length > 0 ? (
        <StoredVersions share={state.share} />
      ) : (
        <StudioView
          credentials={credentials}
          title={state.share.title}
          panes={0}
          firstNetwork={state.share.network}
        />
      );
    default:
      return state satisfies never;
  }
}

function useOpenedShare(shareId: ShareId): [State, (password: string) => Promise<void>] {
  const [state, setState] = useState<State>({ step: "opening" });
  const token = useRef("");
  const open = useCallback(
    async (password?: string) => {
      token.current ||= location.hash.slice(1);
      const body = { ...(token.current ? { token: token.current } : {}), ...(password ? { password } : {}) };
      const answer = await write<{ share: OpenedShare }>("POST", `/api/shares/${shareId}/open`, body);
      // A password is still asked for: a reload must find the token again.
      if ("share" in answer) {
        history.replaceState(history.state, "", location.pathname);
        return setState({ step: "open", share: answer.share });
      }
      const isAsked = answer.code === "password" || password !== undefined;
      if (!isAsked) return setState({ step: "refused", message: answer.message });
      setState({ step: "password", problem: answer.code === "password" ? null : answer.message });
    },
    [shareId],
  );
  useEffect(() => void open(), [open]);
  return [state, open];
}

/** Nothing at first: most links are open before anybody could read it. */
function Opening() {
  const isSlow = useLasting(true, 300);
  return <main className="p-6 text-sm text-ink-3">{isSlow ? "Opening …" : null}</main>;
}

type PasswordFormProps = { problem: string | null; onPassword(password: string): Promise<void> };

function PasswordForm({ problem, onPassword }: PasswordFormProps) {
  const [password, setPassword] = useState("");
  const [isAsking, setAsking] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsking(true);
    await onPassword(password);
    setAsking(false);
  };
  return (
    <main className="mx-auto flex min-h-full max-w-md flex-col justify-center gap-4 p-6">
      <Logo />
      <h1 className="font-display text-4xl">This link has a password</h1>
      <form className="flex flex-col gap-2" onSubmit={(event) => void submit(event)}>
        <label className="text-sm text-ink-2">
          Password
          <input
            className="field mt-1 block h-11 rounded-sm bg-sheet px-3 text-base text-ink ring-1 ring-line-strong"
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        {problem ? (
          <p role="alert" className="text-sm text-bad">
            {problem}
          </p>
        ) : null}
        <button
          type="submit"
          className="button button-solid mt-1 h-11 self-start"
          disabled={password === "" || isAsking}
        >
          Open
        </button>
      </form>
    </main>
  );
}
