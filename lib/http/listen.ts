import type { Server } from "node:http";

/** Resolves when the server listens. A taken port becomes a sentence that says which and what to set. */
export function listen(server: Server, port: number, host: string, setting = "PORT"): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, port, host, setting)));
    server.listen(port, host, () => resolve());
  });
}

function explain(error: NodeJS.ErrnoException, port: number, host: string, setting: string): Error {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use already: perhaps Triptych runs in another window. Stop that program, or set ${setting} to another port.`,
    EACCES: `Port ${port} may not be opened by this user. Set ${setting} to a port above 1023.`,
    EADDRNOTAVAIL: `HOST is "${host}", which is not an address of this machine. Use 127.0.0.1, 0.0.0.0 or one of its addresses.`,
    ENOTFOUND: `HOST is "${host}", which does not name this machine. Use 127.0.0.1, 0.0.0.0 or one of its addresses.`,
  };
  const sentence = sentences[error.code ?? ""] ?? `Port ${port} could not be opened: ${error.message}`;
  return Object.assign(new Error(sentence, { cause: error }), { code: error.code ?? "listen" });
}
