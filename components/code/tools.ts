/** Where the workers of the drawer lie on our own server; their names change with their content (scripts/build-tools.mjs). */
export type ToolUrls = { language: string; format: string; types: string };

let asked: Promise<ToolUrls | null> | null = null;

/** Null when the server does not have them; asked again the next time. */
export function toolUrls(): Promise<ToolUrls | null> {
  asked ??= ask().then((urls) => {
    if (!urls) asked = null;
    return urls;
  });
  return asked;
}

async function ask(): Promise<ToolUrls | null> {
  try {
    const response = await fetch("/tools/manifest.json");
    if (!response.ok) return null;
    const names = (await response.json()) as ToolUrls;
    const url = (name: string) => new URL(`/tools/${name}`, location.href).href;
    return { language: url(names.language), format: url(names.format), types: url(names.types) };
  } catch {
    // Offline: the code can be read and written without them.
    return null;
  }
}
