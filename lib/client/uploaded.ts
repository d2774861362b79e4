/** A file from a person's disk → the text that a project keeps of it. */
import { checkFileName, isPicture } from "#lib/project/file-name.ts";
import { limits } from "#lib/project/limits.ts";

export type Uploaded = { ok: true; name: string; text: string } | { ok: false; message: string };

/** Pictures become the data URL that an import of them gives; all else is text. Says why when it is neither. */
export async function readUpload(folder: string, file: File): Promise<Uploaded> {
  const checked = checkFileName(`${folder}/${file.name.trim().replaceAll(" ", "-")}`);
  if (!checked.ok) return checked;
  const name = checked.path;
  if (file.size > limits.fileBytes) {
    const [has, may] = [file.size, limits.fileBytes].map((bytes) => `${Math.round(bytes / 1024)} KB`);
    return { ok: false, message: `${file.name} has ${has}; a file may have ${may}. Make it smaller first.` };
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isPicture(name)) return { ok: true, name, text: dataUrl(name, bytes) };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { ok: true, name, text: text.replaceAll("\r\n", "\n") };
  } catch {
    return { ok: false, message: `${file.name} is not UTF-8 text. Save it as UTF-8 and upload it again.` };
  }
}

const TYPES: Record<string, string> = { jpg: "jpeg", ico: "x-icon" };

function dataUrl(name: string, bytes: Uint8Array): string {
  const kind = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  // Piece by piece: so many arguments at once are more than an engine takes.
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8_192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return `data:image/${TYPES[kind] ?? kind};base64,${btoa(binary)}`;
}
