import { Buffer } from "buffer/index.js";
import { deflate, deflateRaw, gzip, inflate, inflateRaw, ungzip } from "pako";

type Options = { readonly level?: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 };

const packing =
  (pack: (bytes: Uint8Array, options?: Options) => Uint8Array) =>
  (data: string | Uint8Array, options?: Options) =>
    Buffer.from(pack(typeof data === "string" ? new TextEncoder().encode(data) : data, options));
const unpacking = (unpack: (bytes: Uint8Array) => Uint8Array) => (data: Uint8Array) =>
  Buffer.from(unpack(data));

/** Node's `zlib`: what packs and unpacks at once. */
export const nodeZlib = {
  deflateSync: packing(deflate),
  deflateRawSync: packing(deflateRaw),
  gzipSync: packing(gzip),
  gunzipSync: unpacking(ungzip),
  inflateSync: unpacking(inflate),
  inflateRawSync: unpacking(inflateRaw),
};
