/** WebKit (Safari's engine, Debian's GTK build) over classic WebDriver, on an X server of its own. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "../fixtures/free-ports.ts";
import {
  findTarget,
  firstInstalled,
  type OtherBrowser,
  startProgram,
  type Target,
  type Where,
} from "./browser.ts";

type Element = Record<string, string>;
/** The key of an element reference, fixed by the standard. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

export function webkitPath(): string | null {
  return (
    firstInstalled("/usr/bin/Xvfb") && firstInstalled(process.env.WEBKIT_DRIVER, "/usr/bin/WebKitWebDriver")
  );
}

export async function openWebkit(): Promise<OtherBrowser> {
  const home = mkdtempSync(join(tmpdir(), "triptych-webkit-"));
  const started: { stop(): Promise<void> }[] = [];
  const close = async () => {
    for (const program of started.reverse()) await program.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const [port = 0] = await freePorts(1);
    const display = await startProgram(
      "/usr/bin/Xvfb",
      ["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"],
      {},
      // Its own line: an X server that finds others running says so first.
      /^(\d+)\n/m,
    );
    started.push(display);
    mkdirSync(join(home, "run"), { mode: 0o700 });
    const driver = await startProgram(
      webkitPath() ?? "WebKitWebDriver",
      ["--host=127.0.0.1", `--port=${port}`],
      {
        HOME: home,
        DISPLAY: `:${display.found}`,
        XDG_RUNTIME_DIR: join(home, "run"),
        XDG_CACHE_HOME: join(home, "cache"),
        XDG_CONFIG_HOME: join(home, "config"),
        XDG_DATA_HOME: join(home, "data"),
        // No desktop is here: no bus to look for, no graphics card, and root may not make the sandbox's namespaces.
        DBUS_SESSION_BUS_ADDRESS: "disabled:",
        GIO_USE_VFS: "local",
        GSETTINGS_BACKEND: "memory",
        GTK_A11Y: "none",
        NO_AT_BRIDGE: "1",
        GDK_BACKEND: "x11",
        LIBGL_ALWAYS_SOFTWARE: "1",
        WEBKIT_DISABLE_COMPOSITING_MODE: "1",
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
      },
      null,
    );
    started.push(driver);
    return { ...(await connect(`http://127.0.0.1:${port}`)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function connect(address: string): Promise<Omit<OtherBrowser, "close">> {
  // The driver says nothing when it listens.
  const first = await answered(() =>
    command<{ sessionId: string; capabilities: { browserVersion: string } }>(`${address}/session`, {
      capabilities: { alwaysMatch: { pageLoadStrategy: "normal" } },
    }),
  );
  const session = `${address}/session/${first.sessionId}`;
  const send = <Result>(path: string, body: object) => command<Result>(`${session}/${path}`, body);
  await send("window/rect", { x: 0, y: 0, width: 1440, height: 900 });

  async function enter(where: Where): Promise<void> {
    await send("frame", { id: null });
    if (where === "app") return;
    for (const selector of [`iframe[title="Preview of variant ${where}"]`, "iframe"])
      await send("frame", { id: await send<Element>("element", { using: "css selector", value: selector }) });
  }

  async function locate(where: Where, { role, name }: Target): Promise<string> {
    await enter(where);
    const script = `return (${findTarget})(...arguments)`;
    const element = await send<Element>("execute/sync", { script, args: [role, name] });
    return element[ELEMENT] ?? "";
  }

  return {
    version: first.capabilities.browserVersion,
    async open(url) {
      await send("frame", { id: null });
      await send("url", { url });
    },
    async evaluate(where, work, ...args) {
      await enter(where);
      const script = `const [answer, ...args] = [arguments[arguments.length - 1], ...arguments];
        Promise.resolve().then(() => (${work})(...args.slice(0, -1))).then(
          (value) => answer({ value: value ?? null }), (error) => answer({ error: String(error) }));`;
      const { value, error } = await send<{ value: unknown; error?: string }>("execute/async", {
        script,
        args,
      });
      if (error) throw new Error(error);
      return value as never;
    },
    click: async (where, target) => void (await send(`element/${await locate(where, target)}/click`, {})),
    async type(where, target, text) {
      const id = await locate(where, target);
      await send(`element/${id}/click`, {});
      await send(`element/${id}/value`, { text });
    },
    screenshot: async () => {
      await send("frame", { id: null });
      return Buffer.from(await command<string>(`${session}/screenshot`), "base64");
    },
  };
}

async function command<Result>(url: string, body?: object): Promise<Result> {
  const request = body ? { method: "POST", body: JSON.stringify(body) } : {};
  const response = await fetch(url, { ...request, signal: AbortSignal.timeout(30_000) });
  const { value } = (await response.json()) as { value: Result & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${url.replace(/.*\/session/, "")}: ${value.error}: ${value.message}`);
  return value;
}

/** Asks until somebody listens. */
async function answered<Result>(ask: () => Promise<Result>): Promise<Result> {
  const endsAt = performance.now() + 30_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof TypeError) || performance.now() > endsAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
