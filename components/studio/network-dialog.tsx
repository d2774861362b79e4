"use client";
import { Globe } from "lucide-react";
import { Dialog } from "radix-ui";
import { type FormEvent, useState } from "react";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { Network } from "#lib/project/network.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";

/** The switch of a project: off, or the hosts that its previews may reach. */
export function NetworkDialog({ client }: { client: RoomClient }) {
  const network = useRoom(client, (room) => room.project?.network ?? null);
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className="button">
        <Globe size={14} aria-hidden="true" className="sm:hidden" />
        <span className="max-sm:sr-only">Network{network ? " on" : ""}</span>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/30" />
        <Dialog.Content className="fixed top-[12vh] left-1/2 z-50 max-h-[76vh] w-[min(30rem,calc(100vw-2rem))] -translate-x-1/2 overflow-y-auto rounded-lg bg-sheet p-5 shadow-float">
          <Dialog.Title className="text-lg font-semibold">Network</Dialog.Title>
          <Dialog.Description className="mt-2 text-sm text-ink-2">
            Previews reach nothing outside. Here you can allow hosts: pages of this project may then load
            images, media and fonts from them, and send them anything with fetch. Nothing else opens, and only
            https.
          </Dialog.Description>
          <NetworkForm client={client} network={network} onDone={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type NetworkFormProps = { client: RoomClient; network: Network | null; onDone(): void };

function NetworkForm({ client, network, onDone }: NetworkFormProps) {
  const [text, setText] = useState(network?.hosts.join("\n") ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  async function allow(hosts: string[]) {
    const answer = await client.command("network", { hosts });
    if (answer.ok) onDone();
    else setProblem(sentenceOf(answer.code, answer.detail));
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    void allow(text.split(/[\s,]+/).filter((host) => host !== ""));
  }
  return (
    <form className="mt-4 flex flex-col gap-3" onSubmit={submit}>
      <label className="text-xs text-ink-3">
        Hosts, one on each line
        <textarea
          className="field mt-1 block h-24 resize-y rounded-sm bg-raised p-2 font-mono text-xs text-ink"
          placeholder="fonts.example.com"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {problem ? (
        <p role="alert" className="text-xs text-bad">
          {problem}
        </p>
      ) : null}
      <p className="text-xs text-ink-3">
        For everyone in this room and all its links. The previews load anew.
      </p>
      <div className="flex justify-end gap-2">
        {network ? (
          <button type="button" className="button" onClick={() => void allow([])}>
            Switch off
          </button>
        ) : null}
        <button type="submit" className="button button-solid">
          {network ? "Change" : "Allow"}
        </button>
      </div>
    </form>
  );
}
