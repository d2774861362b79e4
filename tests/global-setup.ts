/** Browser tests run the built product: build it when a source changed since the last build. */
export default async function setup(): Promise<void> {
  // Plain JavaScript that also runs before anything is installed; it has no types of its own.
  const { ensureBuilt } = (await import("../scripts/build.mjs" as string)) as {
    ensureBuilt(): Promise<void>;
  };
  await ensureBuilt();
}
