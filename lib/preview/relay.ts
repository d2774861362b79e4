/**
 * The trusted page between the app and one preview (preview.md §3): it owns the frame's life, hands the two ports out, and
 * never runs project code. What Sandpack takes for its bundler.
 */
import { NETWORK_PARAMETER } from "#lib/project/network.ts";
import { createFrameLife } from "./frame-life.ts";

type Message = { type?: unknown; [field: string]: unknown };

const TO_FRAME = new Set(["compile", "refresh"]);
/** What the frame may say to Sandpack through us, with the field that must be text. */
const FROM_FRAME: Record<string, string | null> = {
  start: null,
  done: null,
  success: null,
  action: "message",
  console: null,
  urlchange: "url",
};
const MAX_MESSAGES_PER_SECOND = 60;

const { preview = "", title = "Preview" } = document.body.dataset;
/** Of the project whose preview this is; "" when it may reach nothing. */
const network = new URLSearchParams(location.search).get(NETWORK_PARAMETER) ?? "";
let sandpackId: unknown = null;
let control: MessagePort | null = null;
/** The host page listens; until then a lane would be lost. */
let hasHost = false;
let budget = { startedAt: 0, count: 0 };

const toHost = (message: Message, transfer: Transferable[] = []) =>
  parent.postMessage(message, location.origin, transfer);

const life = createFrameLife({
  create() {
    control?.close();
    control = null;
    const frame = document.createElement("iframe");
    frame.title = title;
    frame.setAttribute("sandbox", "allow-scripts allow-forms");
    frame.src = `${location.protocol}//${preview}/${network && `?${new URLSearchParams({ [NETWORK_PARAMETER]: network })}`}`;
    document.body.replaceChildren(frame);
    return frame;
  },
  ping: () => control?.postMessage({ type: "triptych:ping" }),
  tell: (message) => toHost(message),
});

addEventListener("message", (event) => {
  if (event.source === parent && event.origin === location.origin) fromHost(event.data);
  else if (event.source === life.window() && event.origin === "null" && event.data?.triptych === "hello")
    greet(event.data);
});

function fromHost(message: Message): void {
  if (message?.type === "register-frame") sandpackId = message.id;
  else if (message?.type === "triptych:host") welcomeHost();
  else if (message?.type === "triptych:restart") life.restart("asked");
  else if (typeof message?.type === "string" && TO_FRAME.has(message.type)) control?.postMessage(message);
}

/**
 * A document of the frame asks for its port: once per hello, and each new document asks anew. One that was loaded with the
 * token of another project (the page went there by itself) would run our code under that project's policy: it stays without.
 */
function greet({ nonce, network: loadedWith }: Message): void {
  if (loadedWith !== "" && loadedWith !== network) return;
  if (!life.helloed()) return;
  control?.close();
  const channel = new MessageChannel();
  control = channel.port1;
  control.onmessage = ({ data }) => fromFrame(data);
  // "*", because the origin is opaque; that it is our frame was checked by its window.
  life.window()?.postMessage({ triptych: "port", nonce }, "*", [channel.port2]);
  if (hasHost) layLane();
  greetSandpack();
}

function welcomeHost(): void {
  hasHost = true;
  if (control) layLane();
}

/** Straight from the host page to the frame: documents and drafts do not pass through here. */
function layLane(): void {
  const lane = new MessageChannel();
  control?.postMessage({ type: "triptych:lane" }, [lane.port2]);
  toHost({ type: "triptych:lane" }, [lane.port1]);
}

function greetSandpack(): void {
  if (control) toHost({ type: "initialized", codesandbox: true });
}

function fromFrame(message: Message): void {
  if (message?.type === "triptych:pong") return life.ponged();
  if (typeof message?.type !== "string" || !Object.hasOwn(FROM_FRAME, message.type) || isFlood()) return;
  const field = FROM_FRAME[message.type];
  if (field && typeof message[field] !== "string") return;
  toHost({ ...message, $id: sandpackId, codesandbox: true });
}

function isFlood(): boolean {
  const now = performance.now();
  if (now - budget.startedAt > 1_000) budget = { startedAt: now, count: 0 };
  return ++budget.count > MAX_MESSAGES_PER_SECOND;
}

addEventListener("hashchange", greetSandpack);
toHost({ type: "triptych:relay" });
life.restart("first");
