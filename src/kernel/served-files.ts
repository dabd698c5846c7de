import type { FilePlace } from "./node/files";

/** Where the files of a site are. */
export interface ServedFilesOptions {
  /** The address of the root of the file browser, with a slash at its end. */
  readonly root: string;
  /** Files of packages: their addresses by their paths. */
  readonly assets: ReadonlyMap<string, string>;
  readonly save: (path: string, bytes: Uint8Array) => void;
  /** Asks the page for a file. */
  readonly ask: (path: string) => Promise<Uint8Array | null>;
}

/** The files of a site, and of its packages, read over HTTP. */
export class ServedFiles implements FilePlace {
  folder = "/";
  readonly save: (path: string, bytes: Uint8Array) => void;
  readonly #ask: (path: string) => Promise<Uint8Array | null>;
  readonly #root: string;
  readonly #assets: ReadonlyMap<string, string>;

  constructor({ root, assets, save, ask }: ServedFilesOptions) {
    this.#root = root;
    this.#assets = assets;
    this.save = save;
    this.#ask = ask;
  }

  has(path: string): boolean {
    return this.#assets.has(path) || fetched(this.#addressOf(path), "text", "HEAD").status === 200;
  }

  read(path: string): Uint8Array | null {
    const request = fetched(this.#addressOf(path), "arraybuffer");
    return request.status === 200 ? new Uint8Array(request.response as ArrayBuffer) : null;
  }

  async readLater(path: string): Promise<Uint8Array | null> {
    return this.#assets.has(path) ? this.read(path) : await this.#ask(path);
  }

  list(path: string): string[] | null {
    const start = `${path.replace(/\/$/, "")}/`;
    const below = [...this.#assets.keys()].filter((asset) => asset.startsWith(start));
    if (below.length === 0) return null;
    return [...new Set(below.map((asset) => asset.slice(start.length).split("/")[0]!))].sort();
  }

  #addressOf(path: string): string {
    return this.#assets.get(path) ?? this.#root + path.slice(1).split("/").map(encodeURIComponent).join("/");
  }
}

/** The text at an address, at once: a worker may wait, and neither the compiler nor `require` can do otherwise. */
export function fetchText(address: string): string {
  const request = fetched(address, "text");
  if (request.status !== 200)
    throw new Error(`${address} could not be read: the server answered ${request.status}.`);
  return request.responseText;
}

function fetched(address: string, type: "text" | "arraybuffer", method = "GET"): XMLHttpRequest {
  const request = new XMLHttpRequest();
  request.open(method, address, false);
  request.responseType = type;
  request.send();
  return request;
}
