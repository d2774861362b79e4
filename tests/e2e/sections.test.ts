/** One section that throws must not take the page with it, and a page that is mended is whole again. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ChatServer, startChatServer } from "../fixtures/providers/chat-server.ts";
import {
  type App,
  closeBrowser,
  createProject,
  newPage,
  openBrowser,
  preview,
  send,
  startApp,
  variant,
  waitForState,
} from "./harness.ts";

const file = (path: string, code: string) => `${path}\n\`\`\`tsx\n${code}\`\`\`\n`;
const good = (text: string) => `export default function Prices() {\n  return <h2>${text}</h2>;\n}\n`;
const broken = `export default function Prices() {
  const rows = JSON.parse("not json");
  return <h2>{rows.length}</h2>;
}
`;
const page = file(
  "/src/App.tsx",
  `import Hero from "./components/Hero";
import Prices from "./components/Prices";

export default function App() {
  return (
    <main>
      <Hero />
      <Prices />
    </main>
  );
}
`,
);
const hero = file(
  "/src/components/Hero.tsx",
  "export default function Hero() {\n  return <h1>The hero stands</h1>;\n}\n",
);

let provider: ChatServer;
let app: App;
let browser: Browser;
beforeAll(async () => {
  provider = await startChatServer({
    script: ({ body }) => {
      const asked = JSON.stringify(body);
      if (asked.includes("REQUEST-MEND"))
        return [{ text: file("/src/components/Prices.tsx", good("Mended")) }];
      return [{ text: hero + file("/src/components/Prices.tsx", broken) + page }];
    },
  });
  [app, browser] = await Promise.all([
    startApp({ TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`, TRIPTYCH_FAST_MODEL: "scripted" }),
    openBrowser(),
  ]);
});
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
  await provider?.close();
});

test("a section that throws is named in its place, the rest of the page stands, and mending it makes the page whole", async () => {
  const studio = await newPage(browser);
  await createProject(studio, app, "A page", 1);
  await waitForState(studio, "A", "error");
  await studio.reload();
  const frame = preview(studio, "A");
  await frame.getByRole("heading", { name: "The hero stands" }).waitFor();
  await frame.getByText("Prices did not run.").waitFor();
  const alert = variant(studio, "A").getByRole("alert");
  await alert.getByText(/not valid JSON/).waitFor();
  expect(await alert.innerText()).toContain("/src/components/Prices.tsx:2");

  await send(studio, "REQUEST-MEND");
  await frame.getByRole("heading", { name: "Mended" }).waitFor();
  await waitForState(studio, "A", "idle");
  expect(await frame.getByText("did not run").count()).toBe(0);
  await frame.getByRole("heading", { name: "The hero stands" }).waitFor();
});
