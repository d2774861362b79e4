/** A project's files: absolute path ("/src/App.tsx") → text. A Map, so that "__proto__" is a name like any other. */
export type Files = ReadonlyMap<string, string>;
