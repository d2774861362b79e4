/** The whole app with DATABASE_URL on a real Postgres: what was made is there after a SIGKILL, as with the embedded database. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PostgresServer, startPostgresServer } from "../storage/postgres-server.ts";
import {
  type App,
  closeBrowser,
  createProject,
  newPage,
  openBrowser,
  preview,
  startApp,
  waitUntilCreated,
} from "./harness.ts";

let postgres: PostgresServer;
let app: App;
let browser: Browser;
beforeAll(async () => {
  postgres = await startPostgresServer();
  [app, browser] = await Promise.all([
    startApp({ DATABASE_URL: await postgres.database(), TRIPTYCH_DESIGNER_RATE: "5000" }),
    openBrowser(),
  ]);
});
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
  await postgres?.stop();
});

test("a project made on Postgres opens again after the server was killed", async () => {
  const health = await fetch(`${app.url}/api/health`).then((answer) => answer.json());
  expect(health).toMatchObject({ status: "ok", storage: "postgres" });
  const page = await newPage(browser);
  await createProject(page, app, "A landing page for a village bakery", 1);
  await waitUntilCreated(page, ["A"]);
  const headline = await preview(page, "A").getByRole("heading", { level: 1 }).textContent();
  await app.kill("SIGKILL");
  await app.start();
  const later = await newPage(browser);
  await later.goto(page.url());
  await preview(later, "A")
    .getByRole("heading", { level: 1, name: headline ?? "" })
    .waitFor();
});
