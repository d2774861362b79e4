"use client";
import { openCode } from "#components/studio/view-state.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { PreviewHandle, PreviewState } from "#lib/preview/preview-frame.tsx";
import type { PreviewError } from "#lib/preview/protocol.ts";
import type { Turn, Variant } from "#lib/project/rows.ts";
import { ErrorStrip } from "./error-strip.tsx";
import { FrameStrip } from "./frame-strip.tsx";
import { TurnStrip } from "./turn-strip.tsx";

type VariantStripsProps = {
  client: RoomClient;
  variant: Variant;
  state: string;
  error: PreviewError | null;
  life: PreviewState;
  isBusy: boolean;
  frame: { current: PreviewHandle | null };
  last: Turn | null;
  mayEdit: boolean;
};

/** Under a page, what is to be said about it: that it hangs, what it threw, how its last turn ended. */
export function VariantStrips({ client, variant, state, error, life, frame, ...rest }: VariantStripsProps) {
  const { isBusy, last, mayEdit } = rest;
  if (life === "paused")
    return (
      <FrameStrip
        words={`${variant.letter} is paused.`}
        action="Run again"
        onAct={() => frame.current?.restart()}
      />
    );
  if (state === "hung") {
    const what =
      life === "stopped" ? "It was restarted three times and is stopped now." : "It is being restarted.";
    const words = `${variant.letter} stopped responding. ${what}`;
    return (
      <FrameStrip
        isAlert
        words={words}
        other={{ title: "See code", act: () => openCode({ variantId: variant.id }) }}
        action="Run again"
        onAct={() => frame.current?.restart()}
      />
    );
  }
  if (state === "error" && error)
    return <ErrorStrip client={client} variant={variant} error={error} mayEdit={mayEdit} onShow={openCode} />;
  if (state === "writing") return null;
  const busy = `${variant.letter} has had no idle moment for ten seconds.`;
  return (
    <>
      {isBusy ? <FrameStrip words={busy} action="Pause" onAct={() => frame.current?.pause()} /> : null}
      {last ? (
        <TurnStrip client={client} turn={last} variantId={variant.id} mayEdit={mayEdit} onShow={openCode} />
      ) : null}
    </>
  );
}
