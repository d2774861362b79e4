"use client";
import { useState } from "react";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { VariantId } from "#lib/project/ids.ts";
import { packageNameOf } from "#lib/project/package-names.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";

type AddPackageProps = { client: RoomClient; variantId: VariantId; specifier: string };
type State = { step: "offered" } | { step: "adding" } | { step: "refused"; sentence: string };

/** Offers what a page imports and previews do not have: the server fetches it when the person says so, and only then. */
export function AddPackage({ client, variantId, specifier }: AddPackageProps) {
  const [state, setState] = useState<State>({ step: "offered" });
  const name = packageNameOf(specifier);
  if (name === null) return null;
  const add = async () => {
    setState({ step: "adding" });
    const answer = await client.command("add-package", { variantId, specifier });
    // Where it was added, the page runs and takes this strip away.
    setState(
      answer.ok
        ? { step: "offered" }
        : { step: "refused", sentence: sentenceOf(answer.code, answer.detail && `(${answer.detail})`) },
    );
  };
  return (
    <>
      <span className={state.step === "refused" ? "text-bad" : "text-ink-2"}>
        {state.step === "adding" ? `Adding ${name}…` : state.step === "refused" ? state.sentence : ""}
      </span>
      {state.step === "adding" ? null : (
        <button
          type="button"
          className="button button-small flex-none"
          title={`Fetch ${name} from the npm registry, without running its scripts`}
          onClick={() => void add()}
        >
          Add package
        </button>
      )}
    </>
  );
}
