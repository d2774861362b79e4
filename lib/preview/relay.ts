/**
 * The trusted page between the app and one preview (preview.md §3): it owns the frame's life, hands the two ports out, and
 * never runs project code. What Sandpack takes for its bundler.
 */
import { NETWORK_PARAMETER } from "#lib/project/network.ts";
import { parseSharedPath, SHARED_PARAMETER } from "#lib/project/shared-path.ts";
import { createFloodGate, floodSentence } from "./flood.ts";
import { createFrameLife } from "./frame-life.ts";
import { createOverlay, type Overlay } from "./overlay.ts";

type Message = { type?: unknown; [field: string]: unknown };

const TO_FRAME = new Set(["compile", "refresh", "urlback", "urlforward"]);
/** What the frame may say to Sandpack through us, with the field that must be text. */
const FROM_FRAME: Record<string, string | null> = {
  start: null,
  done: null,
  success: null,
  action: "message",
  console: null,
  urlchange: "url",
};

const { preview = "", spare = "", title = "Preview" } = document.body.dataset;
/** A frame that hangs holds the process of its host: the one that takes its place runs at the other. */
const hosts = [preview, spare];
/** Of the project whose preview this is; "" when it may reach nothing. */
const network = new URLSearchParams(location.search).get(NETWORK_PARAMETER) ?? "";
/** A page that was built on the server instead of the runtime, which waits for files. */
const named = new URLSearchParams(location.search).get(SHARED_PARAMETER) ?? "";
const page = parseSharedPath(named) ? named : "";
let sandpackId: unknown = null;
let control: MessagePort | null = null;
/** The host page listens; until then a lane would be lost. */
let hasHost = false;
let sentences = 0;

/** Over the frame, in our own document; made when something is drawn for the first time. */
let overlay: Overlay | null = null;

function overlayNow(): Overlay {
  overlay ??= createOverlay(document.body);
  return overlay;
}

const toHost = (message: Message, transfer: Transferable[] = []) =>
  parent.postMessage(message, location.origin, transfer);

const life = createFrameLife({
  create(isSpare) {
    const host = isSpare ? hosts[1] : hosts[0];
    if (!host) return null;
    const frame = document.createElement("iframe");
    frame.title = title;
    frame.hidden = isSpare;
    frame.setAttribute("sandbox", "allow-scripts allow-forms");
    const query = network && `?${new URLSearchParams({ [NETWORK_PARAMETER]: network })}`;
    frame.src = `${location.protocol}//${host}${page || "/"}${query}`;
    document.body.append(frame);
    return frame;
  },
  swapPlaces: () => spare && hosts.reverse(),
  greet,
  disconnect() {
    overlay?.clear();
    control?.close();
    control = null;
  },
  ping: () => control?.postMessage({ type: "triptych:ping" }),
  tell: (message) => toHost(message),
});

/** Each way in has its own: what a page posts to our window must not cost its frame the answers to our pings. */
const windowGate = createFloodGate(sayFlood);
const controlGate = createFloodGate(sayFlood);

addEventListener("message", (event) => {
  if (event.source === parent && event.origin === location.origin) fromHost(event.data);
  else if (event.origin === "null" && life.owns(event.source) && windowGate.admits(event)) {
    if (event.data?.triptych === "hello" && isOurs(event.data)) life.hello(event.source, event.data.nonce);
  }
});

function sayFlood(dropped: number): void {
  const log = [{ method: "warn", id: `flood-${++sentences}`, data: [floodSentence(dropped)] }];
  toHost({ type: "console", log, $id: sandpackId, codesandbox: true });
}

function fromHost(message: Message): void {
  if (message?.type === "register-frame") sandpackId = message.id;
  else if (message?.type === "triptych:host") welcomeHost();
  else if (message?.type === "triptych:restart") life.restart("asked");
  else if (message?.type === "triptych:turn") life.startTurn();
  else if (message?.type === "triptych:pause") life.pause();
  else if (message?.type === "triptych:look") overlayNow().look(message.colour, message.scale);
  else if (typeof message?.type === "string" && TO_FRAME.has(message.type)) control?.postMessage(message);
}

/**
 * A document that was loaded with the token of another project (the page went there by itself) would run our code under that
 * project's policy: it stays without. So does one that brings the page of another link with it.
 */
function isOurs({ network: loadedWith, page: brought = "" }: Message): boolean {
  return (loadedWith === "" || loadedWith === network) && brought === page;
}

/** A document of the frame asks for its port: once per hello, and each new document asks anew. */
function greet(frame: Window, nonce: unknown): void {
  control?.close();
  const channel = new MessageChannel();
  control = channel.port1;
  control.onmessage = (event) => {
    if (controlGate.admits(event)) fromFrame(event.data);
  };
  // "*", because the origin is opaque; that it is our frame was checked by its window.
  frame.postMessage({ triptych: "port", nonce }, "*", [channel.port2]);
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
  if (message?.type === "triptych:marks" || message?.type === "triptych:wash")
    return overlayNow().draw(message);
  if (typeof message?.type !== "string" || !Object.hasOwn(FROM_FRAME, message.type)) return;
  const field = FROM_FRAME[message.type];
  if (field && typeof message[field] !== "string") return;
  toHost({ ...message, $id: sandpackId, codesandbox: true });
}

addEventListener("hashchange", greetSandpack);
toHost({ type: "triptych:relay" });
life.restart("first");
