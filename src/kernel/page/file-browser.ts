import type { Contents } from "@jupyterlab/services";
import { fromBase64, toBase64 } from "../../base/base64";

/** The files of JupyterLite's file browser: the site's, and those that the reader keeps in the browser. Paths start with "/". */
export class FileBrowser {
  readonly #contents: Contents.IManager;

  constructor(contents: Contents.IManager) {
    this.#contents = contents;
  }

  /** Saves a file, as text where it is text. */
  async save(path: string, bytes: Uint8Array): Promise<void> {
    const place = path.replace(/^\//, "");
    const text = textOf(bytes);
    await this.#contents.save(place, {
      type: "file",
      format: text === undefined ? "base64" : "text",
      name: place.slice(place.lastIndexOf("/") + 1),
      path: place,
      content: text ?? toBase64(bytes),
    });
  }

  /** Reads a file; null where there is none. */
  async read(path: string): Promise<Uint8Array | null> {
    try {
      const model = await this.#contents.get(path.replace(/^\//, ""), { content: true });
      const { content, format } = model as { content: unknown; format: string | null };
      if (format === "base64") return fromBase64(String(content));
      return new TextEncoder().encode(typeof content === "string" ? content : JSON.stringify(content));
    } catch {
      return null;
    }
  }
}

/** The text that bytes are in UTF-8; undefined where they are none. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
