/** What a cell shows, in the words of Jupyter's message. */
export interface DisplayMessage {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly transient: { readonly display_id?: string };
}

/** Where displays go; `update` says that the one with the same id is replaced. */
export type WriteDisplay = (message: DisplayMessage, update: boolean) => void;

/** What `import … from "tslab"` gives a cell: tslab's API, which its declarations describe. */
export function tslabModule(write: WriteDisplay, versions: Readonly<Record<string, string>>) {
  let displays = 0;
  // The identity of a display has to be another one after a restart, since the notebook may still have the old one's output.
  const session = Math.random().toString(36).slice(2, 10);
  return {
    versions,
    display: new TslabDisplay(write),
    newDisplay: () => new TslabDisplay(write, `${session}-${++displays}`),
  };
}

class TslabDisplay {
  readonly #write: WriteDisplay;
  readonly #id: string | undefined;
  #shown = false;

  constructor(write: WriteDisplay, id?: string) {
    this.#write = write;
    this.#id = id;
  }

  javascript(text: string): void {
    this.raw("text/javascript", text);
  }
  html(text: string): void {
    this.raw("text/html", text);
  }
  markdown(text: string): void {
    this.raw("text/markdown", text);
  }
  latex(text: string): void {
    this.raw("text/latex", text);
  }
  svg(text: string): void {
    this.raw("image/svg+xml", text);
  }
  png(bytes: Uint8Array): void {
    this.raw("image/png", bytes);
  }
  jpeg(bytes: Uint8Array): void {
    this.raw("image/jpeg", bytes);
  }
  gif(bytes: Uint8Array): void {
    this.raw("image/gif", bytes);
  }
  pdf(bytes: Uint8Array): void {
    this.raw("application/pdf", bytes);
  }
  text(text: string): void {
    this.raw("text/plain", text);
  }

  raw(contentType: string, content: unknown): void {
    const data = { [contentType]: content instanceof Uint8Array ? base64(content) : content };
    const transient = this.#id === undefined ? {} : { display_id: this.#id };
    this.#write({ data, metadata: {}, transient }, this.#shown);
    this.#shown = this.#id !== undefined;
  }
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
