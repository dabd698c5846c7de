/** What is known of the page that shows an output. */
export interface PageFacts {
  /** The page's own address. */
  readonly address: string;
  /** `baseUrl` of the Jupyter server; null when the page is no Jupyter application. */
  readonly baseUrl: string | null;
  /** The notebook's path below the server's root, as the page's tab says; null when it does not. */
  readonly notebook: string | null;
}

/**
 * The addresses at which Plotly may be found beside the notebook, most likely first. From the notebook's folder up to the
 * server's root (or, in a page from disk, a few folders up), as Node looks for packages; before that, where it lay when the
 * output was made.
 * @param near path of the file from the notebook's folder, when known
 */
export function plotlyPlaces(page: PageFacts, near: string | null): string[] {
  const { protocol, pathname } = new URL(page.address);
  if (page.baseUrl !== null) {
    const folder = folderOf(page.notebook ?? notebookInAddress(pathname, page.baseUrl));
    const files = `${page.baseUrl.replace(/\/$/, "")}/files/`;
    return placesAbove(folder, near).map((path) => files + path.map(encodeURIComponent).join("/"));
  }
  if (protocol === "file:") {
    const folder = folderOf(decodeURIComponent(pathname));
    const places = placesAbove(folder, near).slice(0, 4);
    // The colon of a Windows drive stays as it is.
    const escaped = (part: string) => encodeURIComponent(part).replace("%3A", ":");
    return places.map((path) => `file:///${path.map(escaped).join("/")}`);
  }
  return [];
}

const installed = ["node_modules", "plotly.js-dist", "plotly.js"];

function placesAbove(folder: readonly string[], near: string | null): string[][] {
  const places = folder.map((_, up) => [...folder.slice(0, folder.length - up), ...installed]);
  places.push(installed);
  const first = near === null ? null : resolvePath(folder, near.split("/"));
  const all = first ? [first, ...places] : places;
  const seen = new Set<string>();
  return all.filter((path) => !seen.has(path.join("/")) && seen.add(path.join("/")));
}

/** Null when the steps lead above the root. */
function resolvePath(folder: readonly string[], steps: readonly string[]): string[] | null {
  const path = [...folder];
  for (const step of steps) {
    if (step !== "..") path.push(step);
    else if (path.pop() === undefined) return null;
  }
  return path;
}

/** JupyterLab: `lab/tree/PATH`, `lab/workspaces/NAME/tree/PATH`, `doc/tree/PATH`; Notebook 7: `notebooks/PATH`. */
function notebookInAddress(pathname: string, baseUrl: string): string {
  const rest = decodeURIComponent(pathname.slice(baseUrl.length));
  return (
    /^(?:lab|doc)(?:\/workspaces\/[^/]+)?\/tree\/(.+)$|^notebooks\/(.+)$/
      .exec(rest)
      ?.slice(1)
      .find(Boolean) ?? ""
  );
}

function folderOf(path: string): string[] {
  return path
    .split("/")
    .filter((part) => part !== "")
    .slice(0, -1);
}
