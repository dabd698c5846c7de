import { fromBase64, toBase64 } from "../../base/base64";
import type { Figures } from "../survey";
import { ByteReader, ByteWriter } from "./bytes";
import { readPlain, writePlain } from "./plain";

/** What a page has of a long run beside its operations, so that no step is far from the beginning. */
export interface RunIndex {
  /** See `Overview`. */
  readonly scales: { readonly highest: number; readonly least: number; readonly most: number };
  /** At the beginning of each stretch. */
  readonly figures: readonly Figures[];
  /** See `packKeyframe`; by step. */
  readonly keyframes: ReadonlyMap<number, Uint8Array>;
}

/** As text, in base64. */
export function encodeIndex({ scales, figures, keyframes }: RunIndex): string {
  const out = new ByteWriter();
  writePlain(out, { ...scales });
  for (const name of FIGURES)
    writePlain(
      out,
      figures.map((one) => one[name]),
    );
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

/** What `encodeIndex` wrote. @throws RangeError for a text that is none; whether a keyframe is one shows when it is entered */
export function decodeIndex(text: string): RunIndex {
  const bytes = fromBase64(text);
  const input = new ByteReader(bytes);
  const scales = readPlain(input) as RunIndex["scales"];
  if (![scales?.highest, scales?.least, scales?.most].every((one) => typeof one === "number"))
    throw new RangeError("An index has the scales of its run.");
  const [live, denied, highWater] = FIGURES.map(() => readNumbers(input));
  const figures = live!.map((_, i) => ({ live: live![i]!, denied: denied![i]!, highWater: highWater![i]! }));
  const steps = readNumbers(input);
  const lengths = readNumbers(input);
  const keyframes = new Map<number, Uint8Array>();
  let at = bytes.length - input.left;
  for (const [i, step] of steps.entries()) {
    keyframes.set(step, bytes.subarray(at, at + lengths[i]!));
    at += lengths[i]!;
  }
  if (denied!.length !== live!.length || highWater!.length !== live!.length || at !== bytes.length)
    throw new RangeError("An index has figures for each stretch, and bytes for each keyframe.");
  return { scales, figures, keyframes };
}

function readNumbers(input: ByteReader): readonly number[] {
  const list = readPlain(input);
  if (Array.isArray(list) && list.every((one) => Number.isFinite(one) && one >= 0)) return list;
  throw new RangeError("An index has lists of numbers.");
}

const FIGURES = ["live", "denied", "highWater"] as const satisfies (keyof Figures)[];
