/** Firefox over WebDriver BiDi, which it speaks itself: no driver program between. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "undici";
import {
  findTarget,
  firstInstalled,
  type OtherBrowser,
  startProgram,
  type Target,
  type Where,
} from "./browser.ts";

type Context = { context: string; url: string; children: Context[] | null };
type Answer<Result> =
  | { type: "success"; result: Result }
  | { type: "exception"; exceptionDetails: { text: string } };
type Remote = { type: string; value?: unknown; sharedId?: string };

const COMMAND_TIMEOUT_MS = 30_000;
/** Nothing is fetched that a test did not ask for. */
const PREFERENCES = {
  "app.normandy.enabled": false,
  "app.update.disabledForTesting": true,
  "browser.safebrowsing.downloads.remote.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.getAddons.cache.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "http://127.0.0.1:9/",
  "toolkit.telemetry.enabled": false,
};

export function firefoxPath(): string | null {
  return firstInstalled(process.env.FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox");
}

export async function openFirefox(): Promise<OtherBrowser> {
  const profile = mkdtempSync(join(tmpdir(), "triptych-firefox-"));
  const lines = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, "user.js"), lines.join("\n"));
  const firefox = await startProgram(
    firefoxPath() ?? "firefox-esr",
    ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile],
    { HOME: profile, MOZ_CRASHREPORTER_DISABLE: "1" },
    /WebDriver BiDi listening on (ws:\S+)/,
  );
  const close = async () => {
    await firefox.stop();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return { ...(await connect(`${firefox.found}/session`)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function connect(address: string): Promise<Omit<OtherBrowser, "close">> {
  const send = await openSocket(address);
  const { capabilities } = await send<{ capabilities: { browserVersion: string } }>("session.new", {
    capabilities: {},
  });
  const { contexts } = await send<{ contexts: Context[] }>("browsingContext.getTree", { maxDepth: 0 });
  const top = contexts[0]?.context ?? "";
  await send("browsingContext.setViewport", { context: top, viewport: { width: 1440, height: 900 } });

  async function contextOf(where: Where): Promise<string> {
    if (where === "app") return top;
    const tree = await send<{ contexts: Context[] }>("browsingContext.getTree", { root: top });
    const pane = "ABC".indexOf(where);
    const relay = tree.contexts[0]?.children?.find(({ url }) => url.includes(`/relay?pane=${pane}`));
    const inner = relay?.children?.[0]?.context;
    if (!inner) throw new Error(`variant ${where} has no page`);
    return inner;
  }

  async function call(context: string, source: string, args: unknown[]): Promise<Remote> {
    const answer = await send<Answer<Remote>>("script.callFunction", {
      functionDeclaration: `async () => (${source})(...${JSON.stringify(args)})`,
      awaitPromise: true,
      target: { context },
    });
    if (answer.type === "exception") throw new Error(answer.exceptionDetails.text);
    return answer.result;
  }

  async function act(where: Where, target: Target, keys: string): Promise<void> {
    const context = await contextOf(where);
    const element = {
      sharedId: (await call(context, String(findTarget), [target.role, target.name])).sharedId,
    };
    const move = { type: "pointerMove", x: 0, y: 0, origin: { type: "element", element } };
    const press = [
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ];
    const actions: object[] = [{ type: "pointer", id: "mouse", actions: [move, ...press] }];
    await send("input.performActions", { context, actions });
    if (keys === "") return;
    const typed = [...keys].flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    await send("input.performActions", { context, actions: [{ type: "key", id: "keys", actions: typed }] });
  }

  return {
    version: capabilities.browserVersion,
    open: async (url) =>
      void (await send("browsingContext.navigate", { context: top, url, wait: "complete" })),
    async evaluate(where, work, ...args) {
      const source = `async (...args) => JSON.stringify((await (${work})(...args)) ?? null)`;
      return JSON.parse(String((await call(await contextOf(where), source, args)).value));
    },
    click: (where, target) => act(where, target, ""),
    type: act,
    screenshot: async () =>
      Buffer.from(
        (await send<{ data: string }>("browsingContext.captureScreenshot", { context: top })).data,
        "base64",
      ),
  };
}

type Send = <Result>(method: string, params: object) => Promise<Result>;

/** Commands have numbers; answers come in any order. */
async function openSocket(address: string): Promise<Send> {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = ({ error }) => reject(new Error(`${address} does not answer`, { cause: error }));
  });
  const waiting = new Map<number, (answer: { result?: unknown; error?: string; message?: string }) => void>();
  socket.onmessage = ({ data }) => {
    const answer = JSON.parse(String(data));
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  };
  let count = 0;
  return <Result>(method: string, params: object) =>
    new Promise<Result>((resolve, reject) => {
      const id = ++count;
      const timer = setTimeout(() => reject(new Error(`no answer to ${method}`)), COMMAND_TIMEOUT_MS);
      waiting.set(id, ({ result, error, message }) => {
        clearTimeout(timer);
        if (error) reject(new Error(`${method}: ${error}: ${message}`));
        else resolve(result as Result);
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
}
