"use client";
import type { RefObject } from "react";
import { Popup } from "#components/ui/popup.tsx";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { PreviewHandle } from "#lib/preview/preview-frame.tsx";
import type { PageIssue } from "#lib/preview/protocol.ts";
import type { PromptId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";

type IssuesPanelProps = {
  client: RoomClient;
  variant: Variant;
  issues: PageIssue[];
  frame: RefObject<PreviewHandle | null>;
  mayEdit: boolean;
  opener: RefObject<HTMLButtonElement | null>;
  onClose(): void;
};

export default function IssuesPanel({
  client,
  variant,
  issues,
  frame,
  mayEdit,
  opener,
  onClose,
}: IssuesPanelProps) {
  const fix = (issue: PageIssue) => {
    void client.command("prompt", {
      promptId: newId<PromptId>(),
      turnIds: { [variant.id]: newId<TurnId>() } as Record<VariantId, TurnId>,
      lane: "fast",
      text: `Make this accessible: ${issue.words} (axe rule ${issue.rule}).`,
      ...(issue.at
        ? {
            picked: [
              { variantId: variant.id, ...issue.at, selector: issue.selector.slice(0, 300), text: "" },
            ],
          }
        : {}),
    });
    onClose();
  };
  return (
    <Popup label={`Accessibility of variant ${variant.letter}`} opener={opener} onClose={onClose}>
      <h2 className="text-sm font-medium">Accessibility of {variant.letter}</h2>
      <p className="mt-1 text-xs text-ink-3">
        axe-core looked at the page as it stands, by the rules of WCAG 2.2 A and AA. It finds about half of
        what people stumble over.
      </p>
      {issues.length === 0 ? <p className="mt-3 text-ink-2">It found nothing.</p> : null}
      <ul className="mt-3 flex flex-col gap-3">
        {issues.map((issue) => (
          <li key={`${issue.rule} ${issue.selector}`} className="flex items-start gap-2">
            <span className="min-w-0 flex-1">
              {issue.words}
              <span className="block truncate font-mono text-xs text-ink-3">{placeWords(issue)}</span>
            </span>
            <button
              type="button"
              className="button button-small"
              aria-label={`Show: ${issue.words}`}
              onClick={() => frame.current?.tell({ type: "triptych:show", selector: issue.selector })}
            >
              Show
            </button>
            {mayEdit ? (
              <button
                type="button"
                className="button button-small"
                aria-label={`Fix: ${issue.words}`}
                onClick={() => fix(issue)}
              >
                Fix
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </Popup>
  );
}

function placeWords({ at, selector }: PageIssue): string {
  return at ? `${selector} · ${at.path}` : selector;
}
