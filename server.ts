/** One process: Next pages and rooms on one port, the preview ports beside it. Wiring only. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { nanoid } from "nanoid";
import next from "next";
import { handleApi } from "#lib/http/api.ts";
import { createAppServer } from "#lib/http/app-server.ts";
import { ConfigError, readConfig, withEnvFile } from "#lib/http/config.ts";
import { allowedHostnames, isAllowedHost, isSameOrigin } from "#lib/http/hosts.ts";
import { leavingOf } from "#lib/http/leaving.ts";
import { listen } from "#lib/http/listen.ts";
import { createLog } from "#lib/http/log.ts";
import { handleMetrics } from "#lib/http/metrics.ts";
import { createPageAssets } from "#lib/http/page-assets.ts";
import { handlePage } from "#lib/http/pages.ts";
import { createPreviewServers } from "#lib/http/preview-server.ts";
import { createRelayHandler } from "#lib/http/relay-page.ts";
import { stopOnSignals } from "#lib/http/signals.ts";
import { createTemplates } from "#lib/http/templates.ts";
import { createToolsHandler } from "#lib/http/tools.ts";
import { announce } from "#lib/http/welcome.ts";
import { createBuiltInDesigner } from "#lib/model/built-in/designer.ts";
import { pickDirections } from "#lib/model/built-in/pick-directions.ts";
import { installedProviders } from "#lib/model/installed-providers.ts";
import { openLiveLanes } from "#lib/model/live-lanes.ts";
import { createModelTools } from "#lib/model/model-tools.ts";
import { createPackages } from "#lib/packages/cache.ts";
import { limits } from "#lib/project/limits.ts";
import { accepts } from "#lib/room/accepts.ts";
import { openBus } from "#lib/room/bus-of.ts";
import { openRooms } from "#lib/room/rooms.ts";
import { createSockets } from "#lib/room/sockets.ts";
import { createAttempts } from "#lib/share/attempts.ts";
import { createPages } from "#lib/share/pages.ts";
import { setCurrentStorage } from "#lib/storage/current.ts";
import { openStorage } from "#lib/storage/open.ts";
import { sweepDaily } from "#lib/storage/sweep-daily.ts";
import { SOCKET_PATH } from "#lib/wire/events.ts";

const folder = process.cwd();
const dev = process.env.NODE_ENV !== "production";
const framesFolder = join(folder, "dist", "frames");

// Whoever read our output may be gone; without a listener each line would be an error that is written to it again, for ever.
for (const output of [process.stdout, process.stderr]) output.on("error", () => {});
start().catch((error: unknown) => {
  const known = error instanceof Error && ("code" in error || error instanceof ConfigError);
  console.error(known ? `\n${error.message}` : error);
  process.exit(1);
});

async function start(): Promise<void> {
  const config = readConfig(withEnvFile(process.env, folder));
  const pages = next({ dev, dir: folder, hostname: config.host, port: config.port });
  const storage = await openStorage({ databaseUrl: config.databaseUrl, folder: config.dataFolder });
  setCurrentStorage(storage);
  const designer = createBuiltInDesigner({ tokensPerSecond: config.designerTokensPerSecond });
  const live = await openLiveLanes({
    folder: config.dataFolder,
    environment: config.lanes,
    environmentCaps: config.caps,
    designer,
    providers: () => installedProviders(folder),
  });
  const { lanes, caps } = live;
  const packages = createPackages({ folder: join(config.dataFolder, "packages"), isOn: config.packages });
  const { atOnce, autoFix } = config;
  const answers = { designer, caps, atOnce, autoFix, pickDirections };
  const log = createLog();
  const bus = await openBus(config.redisUrl, nanoid(), (what, error) => log("error", what, String(error)));
  const templates = join(folder, "dist", "templates");
  const builtIn = join(templates, "pages");
  const shared = createPages({ ...storage, folder: join(config.dataFolder, "pages"), builtIn });
  const rooms = openRooms({
    storage,
    lanes,
    answers,
    packages,
    accepts,
    bus,
    onLaneChange: live.subscribe,
    onShared: shared.prepare,
    log: (line) => log(line.startsWith("load") ? "info" : "error", line),
  });
  const stopSweeping = sweepDaily(storage);
  const hostnames = allowedHostnames(config.host, config.hostNames);
  const place = { ...config, sparePorts: [] as number[] };
  const previews = createPreviewServers({
    place,
    host: config.host,
    framesFolder,
    allowedHosts: hostnames,
    appPort: config.port,
    hostsOf: storage.networkHosts,
    packages,
    pages: shared,
  });
  const relay = createRelayHandler({ framesFolder, place });
  const api = {
    storage,
    lanes,
    models: createModelTools(lanes),
    settings: config.redisUrl
      ? null
      : {
          live,
          used: rooms.used,
          leaves: () => leavingOf(config, live.views()),
          dataFolder: resolve(config.dataFolder),
        },
    version: version(),
    open: config.open,
    newId: nanoid,
    createProject: rooms.createProject,
    tableOf: rooms.tableOf,
    templates: createTemplates(templates),
    attempts: createAttempts(limits.wrongKeysPerMinute),
    preparePage: shared.prepare,
  };
  const { engine, io } = createSockets(
    (request) => isAllowedHost(request, hostnames) && isSameOrigin(request),
  );
  rooms.attach(io);

  const server = createAppServer({
    isKnownHost: (request) => isAllowedHost(request, hostnames),
    previews: previews.handle,
    sockets: {
      path: SOCKET_PATH,
      request: (request, response) => engine.handleRequest(request as never, response as never),
      upgrade: (request, socket, head) => engine.handleUpgrade(request as never, socket as never, head),
    },
    metrics: (...call) => handleMetrics({ token: config.metricsToken, read: rooms.figures }, ...call),
    api: (...call) => handleApi(api, ...call),
    others: [
      relay,
      createToolsHandler(join(folder, "dist", "tools")),
      ...(dev ? [] : [createPageAssets(join(folder, ".next", "static"))]),
    ],
    page: (...call) => prepared.then(() => handlePage({ pages, storage, dev }, ...call)),
    developing: dev ? (...call) => pages.getUpgradeHandler()(...call) : null,
  });

  await previews.listen();
  const listening = listen(server, config.port, config.host);
  // Rooms first: pages that are open come back to them, and need nothing of Next for that.
  const prepared = listening.then(() => pages.prepare());
  await listening;
  stopOnSignals(server, async () => {
    stopSweeping();
    await rooms.close();
    await io.close();
    await previews.close();
    await storage.close();
  });
  await prepared;
  announce(config, lanes);
}

function version(): string {
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version;
}
