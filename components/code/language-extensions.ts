/** What TypeScript says, in the editor: marks under problems, suggestions while typing, and what a name is under the pointer. */
import {
  autocompletion,
  type Completion,
  type CompletionSource,
  completionKeymap,
} from "@codemirror/autocomplete";
import { type Diagnostic, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, ViewPlugin } from "@codemirror/view";
import type { LanguageClient } from "#lib/client/language-client.ts";
import type { Problem, Suggestion } from "#lib/language/types.ts";

export function languageExtensions(language: LanguageClient, path: string): Extension {
  // Styles and markup have suggestions of their own.
  if (!/\.[cm]?[jt]sx?$/.test(path))
    return [autocompletion({ icons: false }), keymap.of(completionKeymap), looks];
  return [
    autocompletion({ override: [suggest(language, path)], icons: false, maxRenderedOptions: 50 }),
    keymap.of([
      ...completionKeymap,
      { key: "F8", run: nextDiagnostic },
      { key: "Shift-F8", run: previousDiagnostic },
    ]),
    explainOnHover(language, path),
    showProblems(language, path),
    looks,
  ];
}

function suggest(language: LanguageClient, path: string): CompletionSource {
  return async (context) => {
    const before = context.matchBefore(/[\w$]+|[.<"'`/]/);
    if (!context.explicit && !before) return null;
    const found = await language.complete(path, context.pos);
    if (!found || found.items.length === 0 || context.aborted) return null;
    return { from: found.from, options: found.items.map(optionOf), validFor: /^[\w$]*$/ };
  };
}

/** Locals before globals before what else there is: TypeScript's order as a boost. */
function optionOf({ label, kind, sortText }: Suggestion): Completion {
  const order = Number.parseInt(sortText, 10);
  return { label, detail: kind, boost: Number.isNaN(order) ? 0 : 20 - order };
}

function explainOnHover(language: LanguageClient, path: string): Extension {
  return hoverTooltip(async (view, position) => {
    const found = await language.explain(path, position);
    if (!found || found.to > view.state.doc.length) return null;
    return {
      pos: found.from,
      end: found.to,
      create() {
        const dom = document.createElement("div");
        dom.className = "cm-explain";
        dom.append(Object.assign(document.createElement("code"), { textContent: found.code }));
        if (found.text) dom.append(Object.assign(document.createElement("p"), { textContent: found.text }));
        return { dom };
      },
    };
  });
}

/** Marks move with the text until the next check tells new ones. */
function showProblems(language: LanguageClient, path: string): Extension {
  return ViewPlugin.define((view) => {
    let shown: readonly Problem[] | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer = undefined;
      const { problems } = language.get();
      if (problems === shown) return;
      shown = problems;
      const { length } = view.state.doc;
      const marks = problems.filter((each) => each.path === path && each.from <= length);
      view.dispatch(
        setDiagnostics(
          view.state,
          marks.map((each) => diagnosticOf(each, length)),
        ),
      );
    };
    // Not within an update of the editor, where an answer may come in.
    const stop = language.subscribe(() => {
      timer ??= setTimeout(show);
    });
    timer = setTimeout(show);
    return {
      destroy() {
        stop();
        clearTimeout(timer);
      },
    };
  });
}

function diagnosticOf({ from, to, severity, message, code }: Problem, length: number): Diagnostic {
  return { from, to: Math.min(Math.max(to, from), length), severity, message, source: code };
}

const underline = (colour: string) => ({
  backgroundImage: "none",
  textDecoration: `underline wavy ${colour} 1px`,
  textUnderlineOffset: "3px",
});

const looks = EditorView.theme({
  ".cm-lintRange-error": underline("var(--bad)"),
  ".cm-lintRange-warning": underline("var(--warn)"),
  ".cm-lintRange-hint": { backgroundImage: "none", opacity: "0.6" },
  ".cm-tooltip": {
    border: "none",
    borderRadius: "var(--radius-sm)",
    backgroundColor: "var(--sheet)",
    color: "var(--ink)",
    boxShadow: "var(--shadow-float-v)",
    overflow: "hidden",
    zIndex: "30",
  },
  ".cm-explain": { maxWidth: "min(30rem, 80vw)", maxHeight: "14rem", overflow: "auto", padding: "6px 10px" },
  ".cm-explain code": { whiteSpace: "pre-wrap", font: "11.5px/1.5 var(--font-mono)" },
  ".cm-explain p": {
    margin: "4px 0 0",
    font: "12px/1.5 var(--font-sans)",
    color: "var(--ink-2)",
    whiteSpace: "pre-wrap",
  },
  ".cm-diagnostic": {
    font: "12px/1.5 var(--font-sans)",
    padding: "4px 10px",
    borderLeft: "3px solid var(--bad)",
  },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
  ".cm-diagnostic-hint": { borderLeftColor: "var(--line-strong)" },
  ".cm-diagnosticSource": { fontSize: "11px", opacity: "1", color: "var(--ink-3)" },
  "& .cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-mono)", fontSize: "12px", maxHeight: "14rem" },
  "& .cm-tooltip-autocomplete > ul > li": { padding: "2px 10px", lineHeight: "1.5" },
  "& .cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--ink)",
    color: "var(--table)",
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { color: "var(--ink-3)", fontStyle: "normal", fontFamily: "var(--font-sans)" },
  "& li[aria-selected] .cm-completionDetail": { color: "inherit" },
});
