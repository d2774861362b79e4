/** For every browser test: the pages that it opened close with it. */
import { afterEach, beforeEach } from "vitest";
import { closePages, keepPages } from "./e2e/harness.ts";

beforeEach(keepPages);
afterEach(closePages);
