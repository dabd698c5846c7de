import { fromBase85 } from "./base85";

/**
 * Runs a packed program (deflated, as base 85) and returns what it offers: what it sets as `core` of the script element that it runs in.
 * A script in an element is allowed wherever the output's own script was, which evaluating text need not be.
 * @throws Error in a browser without `DecompressionStream` (before 2023)
 */
export async function unpack<Core>(packed: string): Promise<Core> {
  if (typeof DecompressionStream === "undefined")
    throw new Error("it needs a browser of 2023 or later; update the browser.");
  const stream = new Blob([fromBase85(packed)]).stream().pipeThrough(new DecompressionStream("deflate"));
  const script: HTMLScriptElement & { core?: Core } = document.createElement("script");
  script.textContent = await new Response(stream).text();
  document.head.append(script);
  script.remove();
  if (!script.core) throw new Error("the page does not allow its script to run.");
  return script.core;
}
