/**
 * Runs in every frame before the page: tells the top window when the hero appeared, and when each new mark was in the DOM and
 * painted. Plain JavaScript, because Chromium gets it as text.
 */
export type Probe =
  | { kind: "ready"; at: number }
  | { kind: "appear"; at: number }
  | { kind: "mark"; number: number; domAt: number; paintAt: number };

export const PROBE = `(() => {
  if (window === window.top) return;
  const now = () => performance.timeOrigin + performance.now();
  const tell = (probe) => window.top.postMessage({ probe }, "*");
  const afterFrame = (work) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => work(now());
    channel.port2.postMessage(null);
  });
  let shown = null;
  let last = 0;
  const look = () => {
    const hero = document.querySelector("[data-probe=hero]");
    if (hero && hero !== shown) afterFrame((at) => tell({ kind: "appear", at }));
    shown = hero;
    const number = Number(/.*MARK-(\\d{4})/s.exec(hero?.textContent ?? "")?.[1] ?? 0);
    if (number === 0 || number === last) return;
    last = number;
    const domAt = now();
    afterFrame((paintAt) => tell({ kind: "mark", number, domAt, paintAt }));
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  addEventListener("message", ({ data }) => {
    if (data?.triptych === "port") tell({ kind: "ready", at: now() });
  });
})()`;
