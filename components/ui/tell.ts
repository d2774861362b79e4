/** Says what was just done, where the page has a Toaster. `back` takes it back; it is never the only way to do that. */
export async function tell(words: string, back?: { title: string; run(): unknown }): Promise<void> {
  const { toast } = await import("./toaster.tsx");
  toast(words, back ? { action: { label: back.title, onClick: () => void back.run() } } : {});
}
