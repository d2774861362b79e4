import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isExactVersion,
  isPackageName,
  isRegistryRange,
  modulesImported,
  packageAddress,
  packageNameOf,
  parsePackageAddress,
} from "../../lib/project/package-names.ts";

test.each(["swiper", "@tanstack/react-table", "d3-scale", "lodash.debounce", "a", "@a/b", "x".repeat(214)])(
  "%s is a name of npm",
  (name) => {
    expect(isPackageName(name)).toBe(true);
    expect(packageNameOf(`${name}/part`.slice(0, 300))).toBe(name);
  },
);

test.each([
  "",
  ".",
  "..",
  "../x",
  "@a",
  "@a/",
  "@a/../b",
  "@../b",
  "@a/b/c",
  ".hidden",
  "_x",
  "Upper",
  "a b",
  "a\\b",
  "a%2fb",
  "a@1",
  "--prefix",
  "git+https://a/b",
  "file:a",
  "a\0b",
  "node_modules",
  "x".repeat(215),
])("%j is no name of npm", (name) => {
  expect(isPackageName(name)).toBe(false);
});

test.each([
  "./App",
  "../x",
  "/src/x",
  "@/components/x",
  "node:fs",
  "https://a.b/c.js",
  "swiper/../../x",
  "a//b",
  "",
])("%j names no package", (specifier) => expect(packageNameOf(specifier)).toBeNull());

test.each([
  "latest",
  "next",
  "1.2.3",
  "^1.2.0",
  "~1",
  ">=1 <3",
  "1.x",
  "*",
  "1 || 2",
  "2.0.0-beta.1",
  "=1.0.0",
])("%s is asked of the registry", (range) => expect(isRegistryRange(range)).toBe(true));

test.each([
  "",
  ".",
  "..",
  "./a",
  "/etc",
  "~/a",
  "file:../..",
  "http://127.0.0.1/x.tgz",
  "git+ssh://git@a/b",
  "github:a/b",
  "a/b",
  "npm:other@1",
  "workspace:*",
  "x.tgz",
  "1.tgz",
  "1.0.0.tar.gz",
  "C:\\x",
  "1\n2",
  "-g",
])("%j is not asked of the registry", (range) => expect(isRegistryRange(range)).toBe(false));

test("a version is exact or it is not pinned", () => {
  expect(["1.2.3", "1.2.3-rc.1"].map(isExactVersion)).toEqual([true, true]);
  expect(["^1.2.3", "1.2", "latest", "1.2.3/..", "1.2.3 ", ""].map(isExactVersion)).toEqual(
    Array(6).fill(false),
  );
});

test("every way to import a part of a package is found, and other packages and words are not", () => {
  const sources = [
    `import { Swiper } from "swiper/react";\nimport 'swiper/css';\nexport { A } from "swiper";`,
    `const later = import("swiper/modules");\nconst old = require('swiper/old');`,
    `import x from "swiper-extra";\nimport y from "./swiper";\nconst word = "swiper/word";\n<p>from swiper</p>`,
  ];
  expect(modulesImported(sources, "swiper")).toEqual([
    "swiper",
    "swiper/css",
    "swiper/modules",
    "swiper/old",
    "swiper/react",
  ]);
});

describe("the address of a script", () => {
  const part = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,12}$/).filter(isPackageName);
  const name = fc.oneof(
    part,
    fc.tuple(part, part).map(([scope, rest]) => `@${scope}/${rest}`),
  );
  const version = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((numbers) => numbers.join("."));
  const subpath = fc.stringMatching(/^[a-zA-Z0-9][\w.-]{0,8}$/);

  test("says what is behind it", () => {
    fc.assert(
      fc.property(
        name,
        version,
        fc.uniqueArray(subpath, { minLength: 1, maxLength: 5 }),
        (each, at, parts) => {
          const script = {
            name: each,
            version: at,
            modules: [each, ...parts.map((sub) => `${each}/${sub}`)],
          };
          const address = packageAddress(script);
          expect(parsePackageAddress(address)).toEqual(script);
          expect(new URL(address, "http://x").pathname).toBe(address);
        },
      ),
    );
  });

  test.each([
    "/packages/",
    "/packages/swiper@11.0.0.js",
    "/packages/swiper@11.0.0/.js",
    "/packages/swiper@latest/swiper.js",
    "/packages/swiper@11.0.0/other.js",
    "/packages/swiper@11.0.0/swiper%2F..%2F..%2Fx.js",
    "/packages/..%2f..@1.0.0/x.js",
    "/packages/@a/..@1.0.0/x.js",
    "/packages/swiper@1.0.0/%E0%A4%A.js",
    "/packages/swiper@../../1.0.0/swiper.js",
  ])("%s is no address", (path) => expect(parsePackageAddress(path)).toBeNull());

  test("any text is an address or null", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const script = parsePackageAddress(`/packages/${text}`);
        expect(script === null || isPackageName(script.name)).toBe(true);
      }),
    );
  });
});
