import { createProject, newPage, openBrowser, startApp, waitUntilCreated, stateOf } from "../tests/e2e/harness.ts";
const app = await startApp({ TRIPTYCH_DESIGNER_RATE: "900" });
const browser = await openBrowser();
let url = "";
for (const theme of ["light", "dark"]) for (const [w, h] of [[1440, 900], [1024, 768], [390, 844]] as const) {
  const page = await newPage(browser, w, h);
  await page.addInitScript((t) => { try { localStorage.setItem("triptych:theme", t); } catch {} }, theme);
  await page.goto(app.url); await page.waitForTimeout(800);
  await page.screenshot({ path: `/tmp/shots/start-${w}-${theme}.png` });
  if (!url) { const t = performance.now(); await createProject(page, app, "A landing page for a village bakery, warm, with opening hours and an order button"); let last: any = ""; while (performance.now() - t < 40000) { const s = await Promise.all(["A","B","C"].map((l) => stateOf(page, l))); if (String(s) !== last) { console.log(Math.round(performance.now() - t), s); last = String(s); if (s[0] === "writing") { await page.waitForTimeout(3500); await page.screenshot({ path: `/tmp/shots/writing-${w}-${theme}.png` }); } } await new Promise(r => setTimeout(r, 30)); if (performance.now() - t > 15000 && last === "idle,idle,idle") break; } await waitUntilCreated(page); url = page.url(); await page.waitForTimeout(1500); }
  else { await page.goto(url); await waitUntilCreated(page, w < 800 ? ["A"] : ["A","B","C"]).catch(() => {}); await page.waitForTimeout(3000); }
  await page.screenshot({ path: `/tmp/shots/studio-${w}-${theme}.png` });
  await page.context().close();
}
console.log(app.output().slice(-600));
await browser.close(); await app.dispose(); process.exit(0);
