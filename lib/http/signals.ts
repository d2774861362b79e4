import type { Server } from "node:http";

/** Ctrl-C and a polite kill close everything in order; a second one ends at once. */
export function stopOnSignals(server: Server, close: () => Promise<void>): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    server.close();
    server.closeAllConnections();
    // A database that does not answer must not keep the process: what was acknowledged is durable already.
    setTimeout(() => process.exit(1), 8_000).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error("Stopping was not clean:", error);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}
