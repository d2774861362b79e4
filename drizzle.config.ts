import { defineConfig } from "drizzle-kit";

/** `npx drizzle-kit generate --name <what>` writes the next migration; both engines apply the same folder at open. */
export default defineConfig({ dialect: "postgresql", schema: "./lib/storage/schema.ts", out: "./drizzle" });
