/** Three dev servers of Vite over copies of the fixture; `edit` writes a file, and HMR does the rest. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { createServer, type ViteDevServer } from "vite";
import { templateFiles } from "#lib/project/template.ts";
import { fixture, HERO_PATH, markOf } from "./fixture.ts";

// Below the repository, so that packages are found; ignored by git.
const base = join(import.meta.dirname, "..", "..", "dist", "bench");

export type ViteServers = { edit(pane: number, number: number): void; close(): Promise<void> };

export async function startVite(ports: number[]): Promise<ViteServers> {
  const servers: ViteDevServer[] = [];
  for (const [pane, port] of ports.entries()) servers.push(await start(rootOf(pane), port));
  const hero = fixture()[HERO_PATH] ?? "";
  return {
    edit: (pane, number) =>
      writeFileSync(join(rootOf(pane), HERO_PATH), hero.replace(markOf(0), markOf(number))),
    close: async () => {
      for (const server of servers) await server.close();
    },
  };
}

async function start(root: string, port: number): Promise<ViteDevServer> {
  for (const [path, text] of [...templateFiles, ...Object.entries(fixture())]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const server = await createServer({
    root,
    configFile: false,
    logLevel: "error",
    cacheDir: join(root, ".vite"),
    plugins: [react(), tailwindcss()],
    server: { port, host: "127.0.0.1", strictPort: true },
    optimizeDeps: { include: ["react", "react-dom/client", "react/jsx-dev-runtime"] },
  });
  return server.listen();
}

function rootOf(pane: number): string {
  return join(base, `vite-${"abc"[pane]}`);
}
