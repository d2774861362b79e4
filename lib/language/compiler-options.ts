/** How a project's code is read: as its Vite app would, with what its own tsconfig.json says about strictness. */
import ts from "@ts-morph/common/dist/typescript.js";

const FIXED: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.ReactJSX,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  // All that may be here is named by imports.
  types: ["react", "react-dom"],
  allowJs: true,
  allowImportingTsExtensions: true,
  esModuleInterop: true,
  isolatedModules: true,
  moduleDetection: ts.ModuleDetectionKind.Force,
  noEmit: true,
  noUncheckedSideEffectImports: false,
  paths: { "@/*": ["/src/*"] },
  resolveJsonModule: true,
  skipLibCheck: true,
};

/** Flags that only make the reading more or less strict: all else of a tsconfig.json is about where files lie. */
const STRICTNESS = [
  "strict",
  "noImplicitAny",
  "strictNullChecks",
  "noUnusedLocals",
  "noUnusedParameters",
  "noUncheckedIndexedAccess",
  "noImplicitReturns",
  "noFallthroughCasesInSwitch",
  "exactOptionalPropertyTypes",
  "checkJs",
] as const;

export function compilerOptions(tsconfig: string | null): ts.CompilerOptions {
  const { config } = ts.parseConfigFileTextToJson("/tsconfig.json", tsconfig ?? "{}") as {
    config?: { compilerOptions?: Record<string, unknown> };
  };
  const asked = config?.compilerOptions ?? {};
  const strictness = STRICTNESS.filter((name) => typeof asked[name] === "boolean").map((name) => [
    name,
    asked[name],
  ]);
  return { strict: true, ...Object.fromEntries(strictness), ...FIXED };
}
