/** A studio in which three variants are written for as long as is wanted, each at the bench's rate, by a scripted server of the real protocol. */
import type { Browser, Page } from "playwright-core";
import {
  type App,
  createProject,
  newPage,
  openBrowser,
  send,
  startApp,
  waitForState,
  waitUntilCreated,
} from "../../tests/e2e/harness.ts";
import { lastPromptIn, startChatServer } from "../../tests/fixtures/providers/chat-server.ts";

export const TOKENS_PER_SECOND = 1_000;
/** More than the hands of a bench need on a busy machine: at their pace it would be two minutes. */
const LINES = 9_000;

export type WritingStudio = {
  app: App;
  browser: Browser;
  page: Page & { errors: string[] };
  /** Resolves once all three write; they go on for longer than a minute. */
  write(): Promise<void>;
  /** Ends what is being written. */
  stop(): Promise<void>;
  /** Another project in the same page, with nothing that is being written. */
  openAnother(): Promise<void>;
  close(): Promise<void>;
};

export async function openWritingStudio(): Promise<WritingStudio> {
  const provider = await startChatServer({
    script: ({ body }) =>
      lastPromptIn(body).startsWith("Write for long")
        ? [{ text: longAnswer(), rate: TOKENS_PER_SECOND, chunkChars: 8 }]
        : [{ text: shortAnswer() }],
  });
  const [app, browser] = await Promise.all([
    startApp({ TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`, TRIPTYCH_FAST_MODEL: "scripted" }),
    openBrowser(),
  ]);
  const page = await newPage(browser);
  // tsx gives functions their names by this helper; in the page there is none.
  await page.addInitScript("globalThis.__name = (each) => each");
  const openAnother = async () => {
    await createProject(page, app, "A page");
    await waitUntilCreated(page);
  };
  await openAnother();
  return {
    ...{ app, browser, page, openAnother },
    async write() {
      await send(page, "Write for long");
      for (const letter of ["A", "B", "C"]) await waitForState(page, letter, "writing");
    },
    async stop() {
      await page.getByRole("button", { name: "Stop", exact: true }).click();
      for (const letter of ["A", "B", "C"]) await waitForState(page, letter, "idle");
    },
    async close() {
      await browser.close();
      await app.dispose();
      await provider.close();
    },
  };
}

/** A page of six files of a usual length, then the same files again and again in other words: it stays as long as pages are. */
function longAnswer(): string {
  const perFile = 60;
  const names = Array.from({ length: 6 }, (_, index) => `Part${index + 1}`);
  const imports = names.map((name) => `import ${name} from "./components/${name}";`);
  const uses = names.map((name) => `      <${name} />`);
  const whole = `${imports.join("\n")}\n\nexport default function App() {\n  return (\n    <main>\n${uses.join("\n")}\n    </main>\n  );\n}`;
  const partOf = (index: number) => {
    const name = names[index % names.length] ?? "";
    const lines = Array.from(
      { length: perFile },
      (_, line) => `      <p>Line ${line} of writing ${index + 1}, for as long as hands are measured.</p>`,
    );
    return fileOf(
      `/src/components/${name}.tsx`,
      `export default function ${name}() {\n  return (\n    <section>\n${lines.join("\n")}\n    </section>\n  );\n}`,
    );
  };
  const parts = Array.from({ length: LINES / perFile }, (_, index) => partOf(index));
  return `${fileOf("/src/App.tsx", whole)}${parts.join("")}`;
}

function shortAnswer(): string {
  return fileOf(
    "/src/App.tsx",
    `export default function App() {\n  return (\n    <main className="p-8">\n      <h1 className="text-4xl">\n        Fresh every morning\n      </h1>\n      <p>Bread and rolls.</p>\n    </main>\n  );\n}`,
  );
}

function fileOf(path: string, code: string): string {
  return `${path}\n\`\`\`tsx\n${code}\n\`\`\`\n\n`;
}
