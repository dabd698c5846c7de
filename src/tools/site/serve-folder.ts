import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** A folder that is served. */
export interface ServedFolder {
  /** The address of its root, with a slash at its end. */
  readonly url: string;
  /** Bytes of the answers so far, compressed as they were sent, headers aside. */
  readonly sent: number;
  close(): Promise<void>;
}

/** How a folder is served. */
export interface ServeOptions {
  /** Default: any that is free. */
  readonly port?: number;
  /** The path below which the folder lies, as `/name/` on GitHub's pages. Default "/". */
  readonly base?: string;
  /** A Content-Security-Policy that each answer has. Default: none. */
  readonly policy?: string | undefined;
}

/**
 * Serves a folder on loopback, as a static host does: files alone, compressed, and but for `policy` with no headers that a site could not
 * count on elsewhere.
 */
export async function serveFolder(
  folder: string,
  { port = 0, base = "/", policy }: ServeOptions = {},
): Promise<ServedFolder> {
  const always = policy === undefined ? {} : { "content-security-policy": policy };
  let sent = 0;
  const packed = new Map<string, { stamp: number; bytes: Buffer }>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = fileOf(folder, base, pathname);
    if (file === undefined) {
      response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file.");
      return;
    }
    const stamp = statSync(file).mtimeMs;
    const etag = `"${stamp}"`;
    if (request.headers["if-none-match"] === etag) {
      response.writeHead(304, { ...always, etag }).end();
      return;
    }
    const known = packed.get(file);
    const bytes = known?.stamp === stamp ? known.bytes : gzipSync(readFileSync(file));
    packed.set(file, { stamp, bytes });
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, {
      ...always,
      "content-type": type,
      "content-encoding": "gzip",
      "content-length": bytes.length,
      "cache-control": "no-cache",
      etag,
    });
    if (request.method !== "HEAD") sent += bytes.length;
    response.end(request.method === "HEAD" ? undefined : bytes);
  });
  await listening(server, port);
  const address = server.address();
  const used = typeof address === "object" && address ? address.port : port;
  return {
    url: `http://127.0.0.1:${used}${base}`,
    get sent() {
      return sent;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The file that an address means; undefined where there is none. */
function fileOf(folder: string, base: string, pathname: string): string | undefined {
  if (!pathname.startsWith(base)) return undefined;
  let path: string;
  try {
    path = normalize(join(folder, decodeURIComponent(pathname.slice(base.length))));
  } catch {
    return undefined;
  }
  if (path !== normalize(folder) && !path.startsWith(normalize(folder).replace(/[/\\]?$/, sep)))
    return undefined;
  if (!existsSync(path)) return undefined;
  if (!statSync(path).isDirectory()) return path;
  const index = join(path, "index.html");
  return pathname.endsWith("/") && existsSync(index) ? index : undefined;
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
}
