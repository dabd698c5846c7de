import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { startBrowser } from "./browser";
import { type Lab, startLab } from "./lab";
import { type Lite, startSite } from "./lite";

/*
 * What the tests of a file share, or of the `describe` in which it is asked for: it is there before the first of them, and ended
 * after the last.
 */

/** A Chromium. */
export function sharedBrowser(): () => Browser {
  return shared(startBrowser, (browser) => browser.close());
}

/** A JupyterLab. */
export function sharedLab(): () => Lab {
  return shared(startLab, (lab) => lab.stop());
}

/** The site. */
export function sharedSite(): () => Lite {
  return shared(startSite, (site) => site.stop());
}

/**
 * An empty folder, there at once.
 * @param within where; default the system's folder for temporary files, from which no page finds the project's packages
 */
export function sharedFolder(within: string = tmpdir()): string {
  const folder = mkdtempSync(join(within, "freelist lab "));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What `start` gives, which `end` ends. */
export function shared<T>(start: () => Promise<T>, end: (started: T) => Promise<void>): () => T {
  let started: T | undefined;
  beforeAll(async () => {
    started = await start();
  });
  afterAll(async () => {
    if (started !== undefined) await end(started);
  });
  return () => {
    if (started === undefined) throw new Error("This is there from the first beforeAll or test on.");
    return started;
  };
}
