/** What a page may import: every package of the table runs offline, and a name that is not in it says what there is. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ChatServer, startChatServer } from "../fixtures/providers/chat-server.ts";
import {
  type App,
  closeBrowser,
  openBrowser,
  openOne,
  pressInside,
  preview,
  startApp,
  variant,
} from "./harness.ts";

const ALL = `import * as Dialog from "@radix-ui/react-dialog";
import { Accordion } from "radix-ui";
import { cva } from "class-variance-authority";
import { format } from "date-fns";
import useEmblaCarousel from "embla-carousel-react";
import { Heart } from "lucide-react";
import { motion } from "motion/react";
import { useForm } from "react-hook-form";
import { Bar, BarChart, XAxis } from "recharts";
import { create } from "zustand";
import { persist } from "zustand/middleware";

const button = cva("rounded", { variants: { tone: { loud: "bg-red-600" } } });
const useCount = create<{ count: number; add: () => void }>()(
  persist((set) => ({ count: 1, add: () => set((state) => ({ count: state.count + 1 })) }), { name: "count" }),
);

export default function App() {
  const { count, add } = useCount();
  const { register, watch } = useForm({ defaultValues: { name: "Ada" } });
  const [carousel] = useEmblaCarousel();
  return (
    <main>
      <h1>{format(new Date(2026, 10, 24), "d MMMM yyyy")}</h1>
      <motion.p animate={{ opacity: 1 }}>Moved</motion.p>
      <button type="button" className={button({ tone: "loud" })} onClick={add}>
        Count {count}
      </button>
      <label>
        Name <input {...register("name")} />
      </label>
      <p>Hello {watch("name")}</p>
      <Heart aria-label="Heart" />
      <div ref={carousel}><div><p>Slide one</p></div></div>
      <BarChart width={300} height={120} data={[{ day: "Mon", sold: 4 }]}>
        <XAxis dataKey="day" />
        <Bar dataKey="sold" isAnimationActive={false} />
      </BarChart>
      <Accordion.Root type="single" defaultValue="a">
        <Accordion.Item value="a"><Accordion.Content>Opened</Accordion.Content></Accordion.Item>
      </Accordion.Root>
      <Dialog.Root>
        <Dialog.Trigger>Open the dialog</Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Content aria-describedby={undefined}><Dialog.Title>In the dialog</Dialog.Title></Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </main>
  );
}
`;
const UNKNOWN = `import { Rocket } from "left-pad-deluxe";

export default function App() {
  return <Rocket />;
}
`;

let provider: ChatServer;
let app: App;
let browser: Browser;

beforeAll(async () => {
  provider = await startChatServer({
    script: ({ body }) => {
      const code = JSON.stringify(body).includes("REQUEST-UNKNOWN") ? UNKNOWN : ALL;
      return [{ text: `/src/App.tsx\n\`\`\`tsx\n${code}\`\`\`\n` }];
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

test("every package of the table runs in a preview, offline", async () => {
  const page = await openOne(browser, app, "All packages");
  const frame = preview(page, "A");
  await frame.getByRole("heading", { name: "24 November 2026" }).waitFor();
  await frame.getByText("Moved").waitFor();
  await frame.getByText("Hello Ada").waitFor();
  await frame.getByLabel("Heart").waitFor();
  await frame.getByText("Slide one").waitFor();
  await frame.getByText("Opened").waitFor();
  await frame.locator("svg").getByText("Mon").first().waitFor();
  await pressInside(frame.getByRole("button", { name: "Count 1" }));
  await frame.getByRole("button", { name: "Count 2" }).waitFor();
  await frame.getByRole("textbox", { name: "Name" }).fill("Grace");
  await frame.getByText("Hello Grace").waitFor();
  await pressInside(frame.getByRole("button", { name: "Open the dialog" }));
  await frame.getByRole("dialog", { name: "In the dialog" }).waitFor();
  await expect.poll(() => variant(page, "A").getAttribute("data-state")).toBe("idle");
  await page.close();
});

test("an unknown import is named, with the file that asks for it and the packages there are", async () => {
  const page = await openOne(browser, app, "REQUEST-UNKNOWN");
  const alert = variant(page, "A").getByRole("alert");
  await alert.getByText(/"left-pad-deluxe" is not available in previews/).waitFor();
  const words = await alert.innerText();
  for (const name of ["/src/App.tsx", "recharts", "radix-ui", "zustand"]) expect(words).toContain(name);
  // The place is the importer's, with its line.
  await alert.locator("pre").getByText("left-pad-deluxe").waitFor();
  expect(await variant(page, "A").getAttribute("data-state")).toBe("error");
  await page.close();
});
