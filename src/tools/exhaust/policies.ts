import type { HeapUnderTest } from "../../exhaust/check-every-call";
import { type CallLimits, type Model, NONE } from "../../exhaust/model";
import { BINARY, type BuddySizes, FIBONACCI, SmallBuddies, WEIGHTED } from "../../exhaust/small-buddies";
import { SmallHeap } from "../../exhaust/small-heap";
import { BuddySystem } from "../../heap/buddy-system";
import { fitNames } from "../../heap/fits";
import { FixedPartitions } from "../../heap/fixed-partitions";
import { FreeList } from "../../heap/free-list";
import { COALESCINGS, type CoalesceName, ORDERS, type OrderName } from "../../heap/orders";
import { SegregatedFits } from "../../heap/segregated-fits";
import {
  type BuddyFamily,
  BuddyFamilyHeap,
  binaryBuddies,
  fibonacciBuddies,
  weightedBuddies,
} from "../../study/models/buddy-family";
import { libraryHeap } from "./library-heap";

/** A policy of the library, whose every state can be walked through. */
export interface WalkedPolicy {
  readonly name: string;
  /** What a heap does, by its definition: one of so many units, or of fewer where there is none of so many. */
  model(units: number): Model;
  /** The library's heap of exactly so many units. */
  heap(units: number): HeapUnderTest;
}

const coalescings = Object.keys(COALESCINGS) as CoalesceName[];
const orders = Object.keys(ORDERS) as OrderName[];

/**
 * What is varied beside fit, order and coalescing: where a block is placed, what is too little to be split off, headers and the multiple
 * that sizes are rounded up to.
 */
const VARIANTS = [
  { suffix: "", place: "low", leastRest: 1, header: 0, align: 1 },
  { suffix: "/high", place: "high", leastRest: 1, header: 0, align: 1 },
  { suffix: "/rest-2", place: "low", leastRest: 2, header: 0, align: 1 },
  { suffix: "/header-1/align-2", place: "low", leastRest: 1, header: 1, align: 2 },
] as const;

/** Beside mallocs, frees and reallocs, heaps with a list are asked to coalesce and to free what is no block. */
const CALLS = { coalesce: true, misses: true } as const;

/** The options by which the library makes what a variant of the model is. */
function optionsOf(
  coalesce: CoalesceName,
  { leastRest, ...rest }: Omit<(typeof VARIANTS)[number], "suffix">,
) {
  return { coalesce, leastRemainder: leastRest, ...rest };
}

/** Every policy, by name: `first/address/immediate`, `segregated/deferred/high`, `buddies`. */
export const WALKED_POLICIES: readonly WalkedPolicy[] = [
  ...VARIANTS.flatMap(({ suffix, ...variant }) =>
    fitNames().flatMap((fit) =>
      orders.flatMap((order) =>
        coalescings.map((merging): WalkedPolicy => {
          const options = { fit, order, ...optionsOf(merging, variant) };
          return {
            name: `${fit}/${order}/${merging}${suffix}`,
            model: (units) => new SmallHeap({ units, fit, order, merging, ...variant, ...CALLS }),
            heap: (units) => libraryHeap(() => new FreeList(units, 1, options)),
          };
        }),
      ),
    ),
  ),
  ...VARIANTS.flatMap(({ suffix, ...variant }) =>
    coalescings.map((merging): WalkedPolicy => {
      const rules = { fit: "first", order: "classes", merging, ...variant, ...CALLS } as const;
      return {
        name: `segregated/${merging}${suffix}`,
        model: (units) => new SmallHeap({ units, ...rules }),
        heap: (units) => libraryHeap(() => new SegregatedFits(units, 1, optionsOf(merging, variant))),
      };
    }),
  ),
  ...fitNames().map((fit): WalkedPolicy => {
    const rules = { fit, order: "address", merging: "never", ...CALLS } as const;
    return {
      name: `partitions/${fit}`,
      model: (units) => new SmallHeap({ units, ...rules, partitions: partitionsOf(units) }),
      heap: (units) => libraryHeap(() => new FixedPartitions(partitionsOf(units), 1, { fit })),
    };
  }),
  {
    name: "buddies",
    model: (units) => smallBuddies(units, BINARY, { misses: true }),
    heap: (units) => libraryHeap(() => new BuddySystem(units, 1)),
  },
  buddyFamily("buddies/binary", BINARY, binaryBuddies),
  buddyFamily("buddies/fibonacci", FIBONACCI, fibonacciBuddies),
  buddyFamily("buddies/weighted", WEIGHTED, weightedBuddies),
];

/** The largest buddy system that has at most so many units. */
function smallBuddies(units: number, sizes: BuddySizes, limits: CallLimits): Model {
  return new SmallBuddies({
    units: Math.max(1, ...[...sizes.keys()].filter((size) => size <= units)),
    sizes,
    ...limits,
  });
}

/** A buddy system for experiments: it tells its answers alone. */
function buddyFamily(
  name: string,
  sizes: BuddySizes,
  family: (largest: number) => BuddyFamily,
): WalkedPolicy {
  return {
    name,
    model: (units) => smallBuddies(units, sizes, { realloc: false }),
    heap: (units) => ({
      told: ["answer"],
      make() {
        const heap = new BuddyFamilyHeap(family(units));
        return {
          make({ kind, unit, size }, did) {
            const address = kind === "malloc" ? heap.malloc(size) : heap.free(unit);
            if (did !== null) did.answer = kind === "malloc" ? ((address as number | null) ?? NONE) : 1;
          },
          see: () => ({}),
        };
      },
    }),
  };
}

/** Partitions of 2, 1, 3 units, again and again. */
function partitionsOf(units: number): number[] {
  const sizes: number[] = [];
  for (let left = units; left > 0; left -= sizes.at(-1)!)
    sizes.push(Math.min(left, [2, 1, 3][sizes.length % 3]!));
  return sizes;
}
