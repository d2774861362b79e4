"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { CommandDialogs } from "#components/commands/command-dialogs.tsx";
import { useOffer } from "#components/commands/offers.ts";
import { PaletteButton } from "#components/commands/palette-button.tsx";
import { useKeys } from "#components/commands/use-keys.ts";
import { SettingsButton } from "#components/settings/settings-button.tsx";
import { SettingsHost } from "#components/settings/settings-host.tsx";
import { Logo } from "#components/ui/logo.tsx";
import { ThemeToggle } from "#components/ui/theme-toggle.tsx";
import { Toaster } from "#components/ui/toaster.tsx";
import { type NewProject, useCreateProject } from "#lib/client/query.ts";
import { FirstPrompt } from "./first-prompt.tsx";
import { noTable } from "./no-table.ts";
import { Recents } from "./recents.tsx";
import { StartNotice } from "./start-notice.tsx";
import { TemplateRow } from "./template-row.tsx";

/** What the page should do, what it can begin with, and the way to earlier projects. */
export function StartPage() {
  const router = useRouter();
  const create = useCreateProject();
  const [count, setCount] = useState(3);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(warmStudio, []);
  useKeys(noTable);
  useOffer("start-from", (template) => make({ template, count }));

  async function make(wanted: NewProject | { template: string; count: number }) {
    if (create.isPending) return;
    const answer = await create.mutateAsync(wanted);
    if ("projectId" in answer) router.push(`/p/${answer.projectId}`);
    else setProblem(answer.message);
  }

  return (
    <div className="flex min-h-full flex-col">
      <a href="#prompt" className="sr-only-focusable button button-solid absolute top-1 left-1 z-50">
        Go to prompt
      </a>
      <header className="flex h-11 flex-none items-center gap-2.5 px-4">
        <Logo />
        <span className="font-semibold">Triptych</span>
        <span className="ml-auto flex items-center gap-1">
          <PaletteButton className="max-sm:hidden" />
          <ThemeToggle />
          <SettingsButton />
        </span>
      </header>
      <StartNotice />
      <main className="mx-auto w-full max-w-[66rem] flex-1 px-5 pt-[min(9vh,5.5rem)] pb-16">
        <FirstPrompt
          count={count}
          onCount={setCount}
          problem={problem}
          onProblem={setProblem}
          isCreating={create.isPending}
          onCreate={(wanted) => void make(wanted)}
        />
        <TemplateRow isCreating={create.isPending} onPick={(template) => void make({ template, count })} />
        <Recents />
      </main>
      <Toaster />
      <SettingsHost />
      <CommandDialogs context={noTable} />
    </div>
  );
}

/** While a person types, what the studio needs is fetched: its code must not be waited for after Create. */
function warmStudio(): void {
  void import("#components/studio/studio.tsx");
  void import("#lib/preview/sandpack-host.tsx");
}
