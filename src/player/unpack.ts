import type { PlayerCore } from "./core";
import { packedBytes } from "./packed-bytes";

/**
 * Runs the packed part of the bundle (see tools/build/pack.mjs) and returns what it offers. A script in an element is allowed wherever
 * the output's own script was, which evaluating text need not be.
 * @throws Error in a browser without `DecompressionStream` (before 2023)
 */
export async function unpack(packed: string): Promise<PlayerCore> {
  if (typeof DecompressionStream === "undefined")
    throw new Error("it needs a browser of 2023 or later; update the browser.");
  const stream = new Blob([packedBytes(packed)]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script: HTMLScriptElement & { core?: PlayerCore } = document.createElement("script");
  script.textContent = await new Response(stream).text();
  document.head.append(script);
  script.remove();
  if (!script.core) throw new Error("the page does not allow its script to run.");
  return script.core;
}
