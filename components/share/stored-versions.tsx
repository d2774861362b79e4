"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Logo } from "#components/ui/logo.tsx";
import { ThemeToggle } from "#components/ui/theme-toggle.tsx";
import { NetworkLine } from "#components/variant/network-line.tsx";
import { ScaledSheet } from "#components/variant/scaled-sheet.tsx";
import { remix } from "#lib/client/api.ts";
import { StaticFrame, type StaticState } from "#lib/preview/static-frame.tsx";
import type { OpenedShare } from "./opened-share.ts";

/** What a link keeps: one version, or several to compare. They are pages already built; nothing is compiled here. */
export function StoredVersions({ share }: { share: OpenedShare }) {
  const [chosen, setChosen] = useState(0);
  const [seen, setSeen] = useState<ReadonlySet<number>>(new Set([0]));
  const choose = (index: number) => {
    setChosen(index);
    setSeen((before) => new Set(before).add(index));
  };
  const isSet = share.versions.length > 1;
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex h-11 flex-none items-center gap-3 px-4 text-sm">
        <Logo />
        <h1 className="min-w-0 truncate font-medium">{share.title}</h1>
        <p className="tnum text-xs whitespace-nowrap text-ink-3">{dayOf(share.createdAt)}</p>
        <span className="ml-auto flex items-center gap-1">
          <ThemeToggle />
          <RemixButton shareId={share.id} />
        </span>
      </header>
      <main
        className={`grid min-h-0 flex-1 grid-cols-1 gap-3 p-2 pt-0 ${isSet ? "min-[800px]:grid-cols-(--columns)" : ""}`}
        style={{ "--columns": `repeat(${share.versions.length}, minmax(0, 1fr))` } as React.CSSProperties}
      >
        {share.versions.map((version, index) => (
          <Version
            key={version.page}
            share={share}
            index={index}
            isHiddenOnPhone={index !== chosen}
            // One page runs at a time on a phone, until the others are asked for.
            isLoaded={seen.has(index)}
          />
        ))}
      </main>
      {isSet ? <VersionTabs share={share} chosen={chosen} onChoose={choose} /> : null}
    </div>
  );
}

type VersionProps = { share: OpenedShare; index: number; isHiddenOnPhone: boolean; isLoaded: boolean };

function Version({ share, index, isHiddenOnPhone, isLoaded }: VersionProps) {
  const [state, setState] = useState<StaticState>("running");
  const { letter, name, page } = share.versions[index] ?? { letter: "A", name: "", page: "" };
  const isWide = useIsWide();
  return (
    <article
      aria-label={`Variant ${letter}`}
      data-state={state === "running" ? "idle" : "hung"}
      data-v={letter.toLowerCase()}
      className={`flex min-h-0 min-w-0 flex-col ${isHiddenOnPhone ? "max-[799px]:hidden" : ""}`}
    >
      <p className="flex h-8 flex-none items-center gap-2 px-0.5 text-sm max-[799px]:hidden">
        <span className="badge" aria-hidden="true">
          {letter}
        </span>
        <span className="truncate font-medium">{name || `Variant ${letter}`}</span>
      </p>
      <div
        className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-md border-t-2 bg-sheet shadow-sheet ring-1 ring-line"
        style={{ borderTopColor: "var(--v)" }}
      >
        <ScaledSheet>
          {isWide || isLoaded ? (
            <StaticFrame
              pane={index}
              letter={letter}
              page={page}
              network={share.network?.token ?? null}
              onState={setState}
            />
          ) : null}
        </ScaledSheet>
        {state === "stopped" ? (
          <p className="strip" role="alert">
            {letter} stopped responding. Reload the page to try again.
          </p>
        ) : null}
        <NetworkLine network={share.network} />
      </div>
    </article>
  );
}

type VersionTabsProps = { share: OpenedShare; chosen: number; onChoose(index: number): void };

function VersionTabs({ share, chosen, onChoose }: VersionTabsProps) {
  return (
    <div className="flex flex-none gap-2 px-2 pb-2 min-[800px]:hidden" role="tablist" aria-label="Variants">
      {share.versions.map(({ letter, name, page }, index) => (
        <button
          key={page}
          type="button"
          role="tab"
          aria-selected={index === chosen}
          data-v={letter.toLowerCase()}
          className={`flex h-11 min-w-0 flex-1 items-center justify-center gap-2 rounded-sm px-2 text-sm ${index === chosen ? "bg-sheet shadow-sheet" : "text-ink-2"}`}
          onClick={() => onChoose(index)}
        >
          <span className="badge">{letter}</span>
          <span className="truncate">{name || `Variant ${letter}`}</span>
        </button>
      ))}
    </div>
  );
}

/** A project of one's own from what is shown. */
function RemixButton({ shareId }: { shareId: string }) {
  const router = useRouter();
  const [isMaking, setMaking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async () => {
    setMaking(true);
    const answer = await remix(shareId);
    setMaking(false);
    if ("projectId" in answer) router.push(`/p/${answer.projectId}`);
    else setProblem(answer.message);
  };
  return (
    <>
      {problem ? (
        <span role="alert" className="text-xs text-bad">
          {problem}
        </span>
      ) : null}
      <button type="button" className="button button-solid" disabled={isMaking} onClick={() => void run()}>
        Remix
      </button>
    </>
  );
}

/** Wide enough for all versions side by side. */
function useIsWide(): boolean {
  const [isWide] = useState(() => typeof innerWidth === "number" && innerWidth >= 800);
  return isWide;
}

function dayOf(time: number): string {
  return new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}
