import { packedBytes } from "./packed-bytes";

/**
 * Runs a packed program (see tools/build/pack.ts) and returns what it offers. A script in an element is allowed wherever the output's
 * own script was, which evaluating text need not be.
 */
export async function unpack<Core>(packed: string): Promise<Core> {
  const script: HTMLScriptElement & { core?: Core } = document.createElement("script");
  script.textContent = new TextDecoder().decode(packedBytes(packed));
  document.head.append(script);
  script.remove();
  if (!script.core) throw new Error("the page does not allow its script to run.");
  return script.core;
}
