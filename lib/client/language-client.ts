/**
 * The page's side of the language worker: keeps its copy of a variant's files current and asks it. What somebody types is sent
 * after a pause; while a model writes nothing is checked at all, so that checking never slows a stream.
 */
import type { VariantDocument } from "#lib/document/variant-document.ts";
import type {
  Explanation,
  FromLanguage,
  ImportChange,
  Problem,
  Suggestions,
  ToLanguage,
} from "#lib/language/types.ts";
import { createStore, type Store } from "./store.ts";

/** `problems` are of the files as they were at the last check. */
export type LanguageState = {
  state: "loading" | "checking" | "ready" | "failed";
  /** Why it failed. */
  message: string;
  problems: Problem[];
};

export type LanguageWorker = Pick<Worker, "postMessage" | "terminate"> & {
  onmessage: ((event: MessageEvent<FromLanguage>) => void) | null;
};

export type LanguageClient = Pick<Store<LanguageState>, "get" | "subscribe"> & {
  complete(path: string, offset: number): Promise<Suggestions | null>;
  explain(path: string, offset: number): Promise<Explanation | null>;
  /** To be asked before the rename. */
  importsAfterRename(path: string, to: string): Promise<ImportChange[]>;
  close(): void;
};

type LanguageClientOptions = {
  document: VariantDocument;
  /** Whether a model writes now; then `onQuiet` says when it is over, once. */
  isWriting(): boolean;
  onQuiet(listener: () => void): () => void;
  openWorker(): LanguageWorker;
  typesUrl: string;
  /** Calls when the page has nothing better to do. */
  whenIdle(work: () => void): () => void;
};

const PAUSE_MS = 300;

export function createLanguageClient(options: LanguageClientOptions): LanguageClient {
  const { document } = options;
  const store = createStore<LanguageState>({ state: "loading", message: "", problems: [] });
  const worker = options.openWorker();
  const changed = new Set<string>();
  const answers = new Map<number, (answer: FromLanguage | null) => void>();
  let lastId = 0;
  let checking = 0;
  let isReady = false;
  let stopWaiting: (() => void) | null = null;

  const tell = (message: ToLanguage) => worker.postMessage(message);
  function sendChanges(): void {
    if (changed.size === 0) return;
    tell({ type: "change", files: [...changed].map((path) => [path, document.read(path)]) });
    changed.clear();
  }
  function check(): void {
    sendChanges();
    checking = ++lastId;
    store.set({ state: "checking" });
    tell({ type: "check", id: checking });
  }
  /** After a pause, when nobody writes, when the page is idle; each start ends the one before. */
  function checkSoon(): void {
    stopWaiting?.();
    const timer = setTimeout(() => {
      if (options.isWriting()) stopWaiting = options.onQuiet(checkSoon);
      else stopWaiting = options.whenIdle(check);
    }, PAUSE_MS);
    stopWaiting = () => clearTimeout(timer);
  }
  function ask<Answer extends FromLanguage>(question: (id: number) => ToLanguage): Promise<Answer | null> {
    if (!isReady) return Promise.resolve(null);
    sendChanges();
    const id = ++lastId;
    return new Promise((resolve) => {
      answers.set(id, resolve as (answer: FromLanguage | null) => void);
      tell(question(id));
    });
  }

  worker.onmessage = ({ data }) => {
    if (data.type === "failed") store.set({ state: "failed", message: data.message });
    else if (data.type === "ready") {
      isReady = true;
      checkSoon();
    } else if (data.type === "checked") {
      if (data.id === checking) store.set({ state: "ready", problems: data.problems });
    } else {
      answers.get(data.id)?.(data);
      answers.delete(data.id);
    }
  };
  tell({ type: "start", typesUrl: options.typesUrl, files: [...document.files()] });
  const stopListening = document.onChange((changes) => {
    for (const { path } of changes) changed.add(path);
    if (!isReady) return;
    if (checking !== 0) tell({ type: "cancel" });
    checking = 0;
    checkSoon();
  });

  return {
    get: store.get,
    subscribe: store.subscribe,
    async complete(path, offset) {
      const answer = await ask<Extract<FromLanguage, { type: "completed" }>>((id) => ({
        type: "complete",
        id,
        path,
        offset,
      }));
      return answer?.suggestions ?? null;
    },
    async explain(path, offset) {
      const answer = await ask<Extract<FromLanguage, { type: "explained" }>>((id) => ({
        type: "explain",
        id,
        path,
        offset,
      }));
      return answer?.explanation ?? null;
    },
    async importsAfterRename(path, to) {
      const answer = await ask<Extract<FromLanguage, { type: "renamed" }>>((id) => ({
        type: "rename",
        id,
        path,
        to,
      }));
      return answer?.imports ?? [];
    },
    close() {
      stopListening();
      stopWaiting?.();
      worker.terminate();
      for (const resolve of answers.values()) resolve(null);
    },
  };
}
