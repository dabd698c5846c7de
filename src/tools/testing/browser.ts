import { type Browser, chromium } from "playwright-core";
import { ensureChromium } from "../setup/chromium";

/** Flags with which Chromium talks to this machine alone, whatever network it has, and also runs as root. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];

/** Starts a headless Chromium with a fresh profile. Call its `close()` in `afterAll`. */
export async function startBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: await ensureChromium(), args: flags });
}
