/** The runtime's entry: shims first, then the handshake; files arrive and the page runs. */
import { installShims } from "./shims.ts";

installShims();

import { watchLeftovers } from "./leftovers.ts";

watchLeftovers();

import { watchBusy } from "./busy.ts";
import { connect } from "./connect.ts";
import { watchConsole } from "./console.ts";
import { createHand } from "./hand.ts";
import { forwardKeys } from "./keys.ts";
import { watchNavigation } from "./navigation.ts";
import { installRegistry } from "./packages.ts";
import { Page } from "./page.ts";

installRegistry();
const now = () => performance.timeOrigin + performance.now();

const page = new Page({
  applied: (seq, result, ms) => ports.toHost({ type: "triptych:applied", seq, result, ms, at: now() }),
  painted: (seq, isBlank) => ports.toHost({ type: "triptych:painted", seq, at: now(), isBlank }),
  css: (seq, css) => ports.toHost({ type: "triptych:css", seq, css }),
  changed: (areas, isMoved) => ports.toRelay({ type: "triptych:wash", areas, isMoved }),
  resync: (path) => ports.toHost({ type: "triptych:resync", path }),
  error: (error) => {
    ports.toHost({ type: "triptych:error", error });
    // Sandpack's own error state and overlay follow the same truth.
    if (error) ports.toRelay({ type: "action", action: "show-error", ...error });
    else ports.toRelay({ type: "done", compilatonError: false });
  },
});

const ports = connect(
  (message) => {
    page.take(message);
    hand.take(message);
  },
  (message) => {
    // Sandpack's compile is answered at once: it never sees us busy, so it never drops an update (preview.md §2).
    if (message.type === "compile") ports.toRelay({ type: "done", compilatonError: false });
    if (message.type === "refresh") page.take({ type: "triptych:reload" });
    if (message.type === "urlback") navigation.back();
    if (message.type === "urlforward") navigation.forward();
  },
);

const hand = createHand(page, ports.toHost, ports.toRelay);
const navigation = watchNavigation((place) => ports.toRelay({ type: "urlchange", ...place }));
let consoleId = 0;
watchConsole((lines) => {
  ports.toHost({ type: "triptych:console", lines });
  const log = lines.map(({ level, text }) => ({ method: level, id: String(++consoleId), data: [text] }));
  ports.toRelay({ type: "console", log });
});
forwardKeys((key) => ports.toHost(key));
// Before the focus follows it (focus-guard.ts of the host).
addEventListener(
  "pointerdown",
  (event) => (event.isTrusted ? ports.toHost({ type: "triptych:pressed" }) : undefined),
  true,
);
watchBusy(
  (on) => ports.toHost({ type: "triptych:busy", on }),
  () => page.isWritten(),
);
