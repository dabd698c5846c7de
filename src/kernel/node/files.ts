import { Buffer } from "buffer/index.js";
import * as path from "path-browserify";

/** Where the files of a notebook lie, and how they are reached. Paths start with "/" at the root of the file browser. */
export interface FilePlace {
  /** The notebook's folder, where a path without a slash at its start begins. */
  readonly folder: string;
  has(path: string): boolean;
  /** Reads a file at once; null where there is none. */
  read(path: string): Uint8Array | null;
  /** Reads a file also where only the page can: one that the reader keeps in the browser; null where there is none. */
  readLater(path: string): Promise<Uint8Array | null>;
  /** Saves a file into the file browser, some time soon. */
  save(path: string, bytes: Uint8Array): void;
  /** The names in a folder; null where that is not known. */
  list(path: string): string[] | null;
}

/**
 * Node's `fs`, as far as a browser can have it: files beside the notebook and of packages can be read, and files are written into the file
 * browser. What a session wrote it can read again at once; what the reader uploaded, only with `fs/promises`.
 */
export function nodeFiles(place: FilePlace) {
  const written = new Map<string, Uint8Array>();
  const whole = (file: string) => path.resolve(place.folder, file);
  const find = (file: string): Uint8Array | null => written.get(whole(file)) ?? place.read(whole(file));

  const readFileSync = (file: string, options?: ReadOptions) => {
    const bytes = find(file);
    if (bytes === null) throw absent("open", file, ONLY_THESE);
    return contentOf(bytes, options);
  };

  async function readFile(file: string, options?: ReadOptions): Promise<unknown> {
    const bytes = written.get(whole(file)) ?? (await place.readLater(whole(file)));
    if (bytes === null) throw absent("open", file);
    return contentOf(bytes, options);
  }

  function writeFileSync(file: string, data: string | Uint8Array): void {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data.slice();
    written.set(whole(file), bytes);
    place.save(whole(file), bytes);
  }

  function readdirSync(folder: string): string[] {
    const names = place.list(whole(folder));
    if (names === null) throw absent("scandir", folder);
    return names;
  }

  const later =
    <Args extends unknown[], Result>(action: (...args: Args) => Result) =>
    async (...args: Args): Promise<Result> =>
      action(...args);
  const existsSync = (file: string) =>
    written.has(whole(file)) || place.has(whole(file)) || place.list(whole(file)) !== null;
  return {
    existsSync,
    readFileSync,
    readdirSync,
    writeFileSync,
    promises: {
      readFile,
      readdir: later(readdirSync),
      writeFile: later(writeFileSync),
    },
  };
}

type ReadOptions = string | { readonly encoding?: string | null } | null;

/** What is said of a file that cannot be read at once, and may be there all the same. */
const ONLY_THESE =
  ". Here readFileSync reads the site's own files and what this session has written; readFile of fs/promises reads all that the file browser shows.";

function contentOf(bytes: Uint8Array, options: ReadOptions = null): unknown {
  const encoding = typeof options === "string" ? options : options?.encoding;
  const buffer = Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
  return encoding ? buffer.toString(encoding) : buffer;
}

function absent(call: string, file: string, hint = ""): Error {
  const message = `ENOENT: no such file or directory, ${call} '${file}'${hint}`;
  return Object.assign(new Error(message), { errno: -2, code: "ENOENT", syscall: call, path: file });
}
