import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, firefox } from "playwright-core";
import { projectRoot } from "../paths";

/** The Firefox on the PATH; undefined when there is none. */
function findFirefox(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return ["firefox", "firefox-esr"]
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
}

/** What this machine lacks for a test in Firefox and how to get it, in a sentence; null when it has everything. */
export function firefoxObstacle(): string | null {
  return findFirefox() === undefined ? "no firefox here; on Debian: sudo apt-get install firefox-esr" : null;
}

/**
 * Starts a headless Firefox with a fresh profile, which shows pages in the light theme. Call its `close()` in `afterAll`. Playwright calls
 * what it uses of it experimental: pages, clicks, keys, the console and screenshots work. A worker that makes workers, as `compare` does in
 * a notebook, stops there (Firefox 153), and only there: a Firefox that nobody drives runs it.
 */
export async function startFirefox(): Promise<Browser> {
  return await firefox.launch({
    channel: "moz-firefox",
    executablePath: join(projectRoot, "src/tools/testing/firefox-for-playwright.mjs"),
    env: { ...process.env, FREELIST_FIREFOX: findFirefox() },
    firefoxUserPrefs: {
      "layout.css.prefers-color-scheme.content-override": 1,
      // It talks to this machine alone, whatever network there is.
      "network.proxy.type": 1,
      "network.proxy.http": "127.0.0.1",
      "network.proxy.http_port": 9,
      "network.proxy.ssl": "127.0.0.1",
      "network.proxy.ssl_port": 9,
    },
  });
}
