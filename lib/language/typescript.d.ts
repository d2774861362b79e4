/** TypeScript with its JavaScript API, as ts-morph carries it: the repository's own TypeScript 7 has none. */
declare module "@ts-morph/common/dist/typescript.js" {
  import { ts } from "@ts-morph/common";
  export default ts;
}
