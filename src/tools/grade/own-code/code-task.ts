import type { FitName } from "../../../heap/fits";
import type { FreeListOptions } from "../../../heap/options";

/** What a code of somebody's own is to be. */
export type CodeTask =
  | {
      /** A class with `malloc` and `free`, of this policy. */
      readonly kind: "allocator";
      readonly policy: Omit<FreeListOptions, "fit"> & { readonly fit?: FitName };
    }
  | {
      /** A fit, measured on a workload that is drawn from the seed. */
      readonly kind: "fit";
      readonly seed: string;
    };

/** What a code is worth. */
export interface Judgement {
  /** The share of the points, 0 to 1. */
  readonly share: number;
  /** What is wrong, or how good it is, in a sentence or a few lines. */
  readonly remark: string;
}
