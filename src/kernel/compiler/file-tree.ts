/** Files by their paths, held in memory; the text of some is fetched when it is first read. */
export class FileTree {
  readonly #files = new Map<string, string | (() => string)>();
  readonly #folders = new Map<string, Set<string>>([["/", new Set()]]);

  /** Adds or replaces a file. `path` starts with "/"; the folders above it come into being. */
  add(path: string, text: string | (() => string)): void {
    this.#files.set(path, text);
    for (let entry = path; entry !== "/"; ) {
      const folder = entry.slice(0, entry.lastIndexOf("/")) || "/";
      const entries = this.#folders.get(folder);
      if (entries?.has(entry)) return;
      this.#folders.set(folder, (entries ?? new Set<string>()).add(entry));
      entry = folder;
    }
  }

  hasFile(path: string): boolean {
    return this.#files.has(path);
  }

  hasFolder(path: string): boolean {
    return this.#folders.has(withoutSlash(path));
  }

  /** The text of a file; undefined where there is none. */
  read(path: string): string | undefined {
    const text = this.#files.get(path);
    if (typeof text !== "function") return text;
    const fetched = text();
    this.#files.set(path, fetched);
    return fetched;
  }

  /** The names of the folders in a folder. */
  foldersIn(path: string): string[] {
    const entries = [...(this.#folders.get(withoutSlash(path)) ?? [])];
    return entries
      .filter((entry) => this.#folders.has(entry))
      .map((entry) => entry.slice(entry.lastIndexOf("/") + 1));
  }
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}
