/** Sandpack as it comes, with its own bundler on our own server: `updateFile`, compiled immediately. `?panes=3&bundler=4000` */
import { SandpackPreview, SandpackProvider, useSandpack } from "@codesandbox/sandpack-react";
import { createRoot } from "react-dom/client";
import { fixture, HERO_PATH, markOf } from "./fixture.ts";
import { installHost } from "./host.ts";

type Sandpack = ReturnType<typeof useSandpack>["sandpack"];

const query = new URLSearchParams(location.search);
const count = Number(query.get("panes") ?? 1);
const sources = fixture();
const held: Sandpack[] = [];
// Sandpack compiles no style sheets of Tailwind: its script for the browser is the usual way.
const html = '<!doctype html><html><head></head><body><div id="root"></div></body></html>';
const versions = { react: "19.3.1", "react-dom": "19.3.1", "react-scripts": "5.0.1" };
const files = {
  ...sources,
  "/src/index.css": "",
  "/public/index.html": html,
  "/package.json": JSON.stringify({ name: "page", main: "/src/main.tsx", dependencies: versions }),
};
const setup = { environment: "create-react-app", entry: "/src/main.tsx" } as const;

/** A host name, and so a process, for each pane. */
function Pane({ index }: { index: number }) {
  const origin = `http://${"abc"[index]}.localhost:${query.get("bundler")}`;
  const registry = {
    enabledScopes: [],
    limitToScopes: false,
    registryUrl: `${origin}/registry`,
    proxyEnabled: false,
  };
  const options = {
    bundlerURL: origin,
    recompileMode: "immediate" as const,
    initMode: "immediate" as const,
    bundlerTimeOut: 120_000,
    externalResources: [`${origin}/tailwind.js`],
  };
  return (
    <SandpackProvider
      files={files}
      customSetup={{ ...setup, npmRegistries: [registry] }}
      options={options}
      style={{ flex: 1 }}
    >
      <Hold index={index} />
      <SandpackPreview style={{ height: 760 }} showOpenInCodeSandbox={false} />
    </SandpackProvider>
  );
}

function Hold({ index }: { index: number }) {
  held[index] = useSandpack().sandpack;
  return null;
}

const host = installHost({
  panes: count,
  edit: (pane, number) =>
    held[pane]?.updateFile(HERO_PATH, sources[HERO_PATH]?.replace(markOf(0), markOf(number)) ?? ""),
});
Object.assign(globalThis, { tried: host });
createRoot(document.getElementById("root") as HTMLElement).render(
  Array.from({ length: count }, (_, index) => <Pane key={index} index={index} />),
);
