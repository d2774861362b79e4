import { defineConfig } from "vitest/config";
import { isOfPlaywright } from "./tests/e2e/of-playwright.ts";

/** Three projects: `core` runs anywhere, `server` opens sockets and databases, `browser` drives real browsers. */
const core = ["project", "edit", "document", "prompt", "wire", "runtime"].map(
  (folder) => `tests/${folder}/**/*.test.ts`,
);
const browser = [
  "tests/e2e/**/*.test.ts",
  "tests/security/**/*.test.ts",
  "tests/browsers/**/*.test.ts",
  "tests/**/*.browser.test.ts",
];

/** The log alone under SIGKILL: tests/room/kill.test.ts kills whole servers in every run. */
const nightly = process.env.TRIPTYCH_KILL_ROUNDS ? [] : ["tests/storage/kill.test.ts"];

export default defineConfig({
  test: {
    onUnhandledError: (error) => !isOfPlaywright(error),
    projects: [
      {
        test: {
          name: "core",
          // Modules stay from file to file: imports cost a fifth of a run otherwise. A file takes away what it put anywhere.
          isolate: false,
          include: [...core, "tests/*.test.ts"],
          exclude: browser,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "server",
          isolate: false,
          include: [
            "tests/{model,turn,storage,packages,share,room,client,http,preview,components,language}/**/*.test.ts",
          ],
          exclude: [...browser, ...nightly],
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "browser",
          include: browser,
          globalSetup: "tests/global-setup.ts",
          setupFiles: "tests/browser-setup.ts",
          // How long a state may take on a busy machine; what is waited for comes as soon as it is there.
          expect: { poll: { timeout: 45_000 } },
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          // One process and one Chromium for all files: their start is two seconds of a core.
          isolate: false,
        },
      },
    ],
  },
});
