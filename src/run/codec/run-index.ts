import { fromBase64, toBase64 } from "../../base/base64";
import { ByteReader, ByteWriter } from "./bytes";
import { readPlain, writePlain } from "./plain";

/** What a page has of a long run beside its operations, so that no step is far from the beginning. */
export interface RunIndex {
  /** See `Overview`. */
  readonly scales: { readonly highest: number; readonly least: number; readonly most: number };
  /** See `packKeyframe`; by step. */
  readonly keyframes: ReadonlyMap<number, Uint8Array>;
}

/** As text, in base64. */
export function encodeIndex({ scales, keyframes }: RunIndex): string {
  const out = new ByteWriter();
  writePlain(out, { ...scales });
  writePlain(out, [...keyframes.keys()]);
  writePlain(
    out,
    [...keyframes.values()].map(({ length }) => length),
  );
  const head = out.bytes();
  const bytes = new Uint8Array(
    [...keyframes.values()].reduce((sum, { length }) => sum + length, head.length),
  );
  bytes.set(head);
  let at = head.length;
  for (const keyframe of keyframes.values()) {
    bytes.set(keyframe, at);
    at += keyframe.length;
  }
  return toBase64(bytes);
}

/** What `encodeIndex` wrote. */
export function decodeIndex(text: string): RunIndex {
  const bytes = fromBase64(text);
  const input = new ByteReader(bytes);
  const scales = readPlain(input) as RunIndex["scales"];
  const steps = readPlain(input) as number[];
  const lengths = readPlain(input) as number[];
  const keyframes = new Map<number, Uint8Array>();
  let at = bytes.length - input.left;
  for (const [i, step] of steps.entries()) {
    keyframes.set(step, bytes.subarray(at, at + lengths[i]!));
    at += lengths[i]!;
  }
  return { scales, keyframes };
}
