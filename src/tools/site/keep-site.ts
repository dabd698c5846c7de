/** What a service worker keeps: it stands above the code of `keepSite` in the worker's file. */
export interface KeptSite {
  /** The site's root, relative to the worker. */
  readonly root: string;
  /** Another one for each content of the site. */
  readonly version: string;
  /** Every file of the site, relative to its root. */
  readonly files: readonly string[];
}

/** The part of a service worker's global scope that is used here. */
interface WorkerScope {
  readonly location: { readonly href: string };
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  readonly navigator: { readonly connection?: { readonly saveData?: boolean } };
}

interface WorkerEvent {
  readonly request: Request;
  waitUntil(done: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
  stopImmediatePropagation(): void;
}

/**
 * What the service worker of a site does: it keeps every file, a bit at a time in the background, and answers with what it has. This
 * function is written into the worker's file as text, so it must be complete in itself.
 */
export function keepSite(worker: WorkerScope, { root, version, files }: KeptSite): void {
  const name = `freelist-lab-${version}`;
  const base = new URL(root, worker.location.href).href;
  const known = new Set(files.map((file) => new URL(file, base).href));

  /** The address of the file that a request means; undefined where it means none of the site's. */
  const fileOf = ({ url, method }: Request): string | undefined => {
    const { origin, pathname } = new URL(url);
    const address = origin + pathname + (pathname.endsWith("/") ? "index.html" : "");
    return method === "GET" && known.has(address) ? address : undefined;
  };

  const keep = async (address: string): Promise<Response> => {
    const cache = await caches.open(name);
    const kept = await cache.match(address);
    if (kept) return kept;
    const answer = await fetch(address, { cache: "no-cache" });
    if (answer.ok) await cache.put(address, answer.clone());
    return answer;
  };

  let lastAsked = Date.now();
  let keeping: Promise<unknown> | undefined;

  /** Waits until nobody has asked for anything for some seconds: what the reader waits for goes first. */
  const quiet = async (): Promise<void> => {
    while (Date.now() - lastAsked < 3000) await new Promise((resolve) => setTimeout(resolve, 500));
  };

  /** Fetches what is not kept yet, a few files at a time, whenever it is quiet. */
  const keepAll = async (): Promise<void> => {
    if (worker.navigator.connection?.saveData) return;
    const left = [...known];
    const next = async (): Promise<void> => {
      for (let address = left.shift(); address !== undefined; address = left.shift()) {
        await quiet();
        await keep(address).catch(() => {});
      }
    };
    await Promise.all([next(), next(), next()]);
  };

  /** Keeps everything, once for as long as this worker lives. */
  const keepInTime = (event: WorkerEvent): void => {
    keeping ??= keepAll();
    event.waitUntil(keeping);
  };

  worker.addEventListener("install", () => void worker.skipWaiting());
  worker.addEventListener("activate", (event) => {
    const forgetOthers = async () => {
      const others = (await caches.keys()).filter(
        (each) => each.startsWith("freelist-lab-") && each !== name,
      );
      await Promise.all(others.map((each) => caches.delete(each)));
      await worker.clients.claim();
    };
    // Not everything is kept here: until this is done, a page's requests wait.
    event.waitUntil(forgetOthers());
  });
  worker.addEventListener("message", keepInTime);
  worker.addEventListener("fetch", (event) => {
    const address = fileOf(event.request);
    if (address === undefined) return;
    lastAsked = Date.now();
    event.respondWith(keep(address));
    keepInTime(event);
    // JupyterLite's own listener, below in the same file, must not answer as well.
    event.stopImmediatePropagation();
  });
}
