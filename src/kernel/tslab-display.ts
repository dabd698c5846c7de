import { toBase64 } from "../base/base64";

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
    display: tslabDisplay(write),
    newDisplay: () => tslabDisplay(write, `${session}-${++displays}`),
  };
}

/** tslab's methods that show one kind of content, and their kinds. Of an image they take bytes. */
const KINDS = {
  javascript: "text/javascript",
  html: "text/html",
  markdown: "text/markdown",
  latex: "text/latex",
  svg: "image/svg+xml",
  png: "image/png",
  jpeg: "image/jpeg",
  gif: "image/gif",
  pdf: "application/pdf",
  text: "text/plain",
};

function tslabDisplay(write: WriteDisplay, id?: string) {
  let shown = false;
  const raw = (contentType: string, content: unknown) => {
    const data = { [contentType]: content instanceof Uint8Array ? toBase64(content) : content };
    write({ data, metadata: {}, transient: id === undefined ? {} : { display_id: id } }, shown);
    shown = id !== undefined;
  };
  const methods = Object.entries(KINDS).map(([name, kind]) => [
    name,
    (content: unknown) => raw(kind, content),
  ]);
  return { raw, ...Object.fromEntries(methods) };
}
