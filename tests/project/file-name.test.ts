import fc from "fast-check";
import { expect, test } from "vitest";
import { checkFileName, isPicture } from "../../lib/project/file-name.ts";

test.each([
  ["src/Card.tsx", "/src/Card.tsx"],
  [" ./src/a.css ", "/src/a.css"],
  ["/public/logo.png", "/public/logo.png"],
  ["/src/über-uns.tsx", "/src/über-uns.tsx"],
])("%j is a name", (typed, path) => {
  expect(checkFileName(typed)).toEqual({ ok: true, path });
});

test.each([
  ["", /needs a name/],
  ["../etc/passwd.txt", /leaves the project/],
  ["/src/../../a.ts", /leaves the project/],
  ["/src\\a.ts", /“\\” cannot stand/],
  ["C:/a.ts", /“:” cannot stand/],
  ["/src/a\u0000.ts", /cannot stand/],
  ["/src//a.ts", /empty or strange part/],
  ["/src/__proto__/a.ts", /“__proto__”/],
  ["/src/ a.ts", /strange part \(“ a.ts”\)/],
  ["/node_modules/react/index.js", /belongs to tools/],
  ["/src/", /names a folder/],
  ["/src/page", /no ending; possible are \.tsx, /],
  ["/src/run.exe", /“\.exe” files are not part of a page; possible are/],
  [`/${"a".repeat(300)}.ts`, /305 characters|304 characters/],
])("%j is refused, with what was seen and what is allowed", (typed, reason) => {
  const result = checkFileName(typed);
  expect(result.ok ? "" : result.message).toMatch(reason);
});

test("a name that is taken is refused: also in another case, as a folder, and below a file", () => {
  const taken = ["/src/App.tsx", "/src/parts/Card.tsx"];
  for (const name of ["/src/App.tsx", "/src/app.tsx", "/src/App.tsx/Inner.tsx"])
    expect(checkFileName(name, taken).ok).toBe(false);
  expect(checkFileName("/src/parts.css", taken).ok).toBe(true);
});

test("whatever is accepted stays in the project, and is accepted again as it is", () => {
  const part = fc.constantFrom("..", ".", "", "a", "src", "b.ts", "c.tsx", "~", "node_modules", "x.exe");
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), fc.boolean(), (parts, isAbsolute) => {
      const result = checkFileName((isAbsolute ? "/" : "") + parts.join("/"));
      if (!result.ok) return;
      expect(result.path).toMatch(/^\/(?!.*(?:\.\.|\/\/))[^/].*\.[a-z]+$/);
      expect(checkFileName(result.path)).toEqual(result);
    }),
  );
});

test("pictures are told from text by their ending", () => {
  expect(["/a.png", "/a.JPG", "/a.svg", "/a.ts"].map(isPicture)).toEqual([true, true, false, false]);
});
