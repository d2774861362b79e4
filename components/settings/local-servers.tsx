"use client";
import { type LaneWish, useLocalServers } from "#lib/client/settings.ts";

type LocalServersProps = { onUse(found: Pick<LaneWish, "baseUrl" | "wire" | "model">): void };

/** Looks when it is pressed, on the server's own machine, and nowhere else. */
export function LocalServers({ onUse }: LocalServersProps) {
  const look = useLocalServers();
  const found = look.data && "servers" in look.data ? look.data.servers : null;
  return (
    <section aria-label="Local models">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <button
          type="button"
          className="button button-line"
          aria-busy={look.isPending}
          onClick={() => (look.isPending ? undefined : look.mutate())}
        >
          {look.isPending ? "Looking" : "Look for local models"}
        </button>
        <p className="min-w-0 flex-1 text-xs text-ink-3" aria-live="polite">
          {found?.length === 0
            ? "None answers here: Ollama (11434), LM Studio (1234), llama.cpp (8080), vLLM (8000). Start one, then look again."
            : "Asks Ollama, LM Studio, llama.cpp and vLLM on this machine."}
        </p>
      </div>
      {found && found.length > 0 ? (
        <ul className="mt-2 flex flex-col gap-2">
          {found.map((server) => (
            <li key={server.baseUrl} className="rounded-sm bg-raised px-3 py-2">
              <p className="font-medium">
                {server.name}{" "}
                <span className="font-normal text-ink-3">
                  {server.baseUrl}
                  {server.slots === null ? "" : `, ${server.slots} at once`}
                </span>
              </p>
              {server.note ? <p className="text-xs text-warn">{server.note}</p> : null}
              <p className="mt-1 flex flex-wrap gap-1">
                {server.models.slice(0, 12).map((model) => (
                  <button
                    key={model}
                    type="button"
                    className="button button-small button-line"
                    onClick={() => onUse({ baseUrl: server.baseUrl, wire: "chat", model })}
                  >
                    Use {model}
                  </button>
                ))}
              </p>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
