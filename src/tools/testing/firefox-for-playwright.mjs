#!/usr/bin/env node
// @ts-check
// Firefox as Playwright can drive it: started in its place with its arguments, it runs Debian's (or the one on the PATH) and stands
// between the two, which talk WebDriver BiDi. Playwright always asks for media features, and Firefox 153 does not know that command.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { WebSocket, WebSocketServer } from "ws";

const firefox = spawn(process.env.FREELIST_FIREFOX ?? "firefox", process.argv.slice(2), {
  stdio: ["ignore", "inherit", "pipe"],
});
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"]))
  process.on(signal, () => firefox.kill(signal));
firefox.on("close", (code) => process.exit(code ?? 1));

createInterface({ input: firefox.stderr }).on("line", (line) => {
  const address = /^WebDriver BiDi listening on (ws:\S+)$/.exec(line)?.[1];
  if (address === undefined) process.stderr.write(`${line}\n`);
  else standBetween(address);
});

/** Listens in Firefox's place, and says so as Firefox does. @param {string} address where Firefox listens */
function standBetween(address) {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 }, () => {
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${port}\n`);
  });
  server.on("connection", (playwright, { url }) => {
    const browser = new WebSocket(address + url);
    const opened = new Promise((resolve) => browser.once("open", resolve));
    playwright.on("message", async (data) => {
      const command = JSON.parse(String(data));
      await opened;
      if (asksForWhatIs(command))
        playwright.send(JSON.stringify({ type: "success", id: command.id, result: {} }));
      else browser.send(String(data));
    });
    browser.on("message", (data) => playwright.send(String(data)));
    playwright.on("close", () => browser.close());
    browser.on("close", () => playwright.close());
  });
}

/**
 * Whether a command asks for the media features that this Firefox has anyway: light, as its profile says. Asked for others, it has to
 * answer itself that it cannot.
 * @param {{ method: string, params: { features?: Record<string, unknown> } }} command
 */
function asksForWhatIs({ method, params: { features = {} } }) {
  return (
    method === "emulation.setMediaFeaturesOverride" &&
    Object.entries(features).every(([name, value]) => name === "prefers-color-scheme" && value === "light")
  );
}
