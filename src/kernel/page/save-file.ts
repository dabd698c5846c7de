import type { Contents } from "@jupyterlab/services";

/** Saves a file into the file browser, as text where it is text. */
export async function saveFile(contents: Contents.IManager, path: string, bytes: Uint8Array): Promise<void> {
  const place = path.replace(/^\//, "");
  const text = textOf(bytes);
  const content = text ?? base64(bytes);
  await contents.save(place, {
    type: "file",
    format: text === undefined ? "base64" : "text",
    name: place.slice(place.lastIndexOf("/") + 1),
    path: place,
    content,
  });
}

/** The text that bytes are in UTF-8; undefined where they are none. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
