import { Buffer } from "buffer/index.js";

const { crypto } = globalThis;

/** Node's `crypto`: what is drawn at random, and the browser's own. */
export const nodeCrypto = {
  webcrypto: crypto,
  subtle: crypto.subtle,
  getRandomValues: crypto.getRandomValues.bind(crypto),
  randomUUID: () => crypto.randomUUID(),
  randomBytes: (size: number) => Buffer.from(crypto.getRandomValues(new Uint8Array(size))),
};
