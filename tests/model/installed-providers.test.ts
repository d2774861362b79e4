import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installedProviders } from "../../lib/model/installed-providers.ts";

test("providers are what package.json names, is there, and builds on the SDK's interface", async () => {
  const folder = mkdtempSync(join(tmpdir(), "triptych-providers-"));
  const put = (where: string, manifest: object) => {
    mkdirSync(join(folder, where), { recursive: true });
    writeFileSync(join(folder, where, "package.json"), JSON.stringify(manifest));
  };
  const provider = { dependencies: { "@ai-sdk/provider": "2.0.0" } };
  const named = [
    "@ai-sdk/mistral",
    "@ai-sdk/gone",
    "@ai-sdk/react",
    "@ai-sdk/provider-utils",
    "ws",
    "one-ai-provider",
  ];
  put(".", { dependencies: Object.fromEntries(named.map((name) => [name, "1.0.0"])) });
  for (const name of ["@ai-sdk/mistral", "@ai-sdk/provider-utils", "@ai-sdk/unnamed", "ws"])
    put(`node_modules/${name}`, provider);
  put("node_modules/one-ai-provider", { peerDependencies: { "@ai-sdk/provider": "2.0.0" } });
  put("node_modules/@ai-sdk/react", { dependencies: { ai: "6.0.0" } });
  expect(await installedProviders(folder)).toEqual(["@ai-sdk/mistral", "one-ai-provider"]);
  expect(await installedProviders(join(folder, "nowhere"))).toEqual([]);
  rmSync(folder, { recursive: true });
});

test("Triptych's own provider is found where it is installed", async () => {
  expect(await installedProviders(process.cwd())).toContain("@ai-sdk/anthropic");
});
