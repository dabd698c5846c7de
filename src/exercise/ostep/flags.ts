import { type HELP, helpOf, type Option, readFlags, type Values } from "./optparse";

/** The program whose output is reproduced, as it calls itself. */
export const PROGRAM = "malloc.py";

/** The flags of malloc.py, in the order of its help. */
const OPTIONS = {
  seed: { short: "-s", long: "--seed", value: "SEED", help: "the random seed", default: 0n },
  size: { short: "-S", long: "--size", value: "HEAPSIZE", help: "size of the heap", default: 100n },
  base: { short: "-b", long: "--baseAddr", value: "BASEADDR", help: "base address of heap", default: 1000n },
  header: {
    short: "-H",
    long: "--headerSize",
    value: "HEADERSIZE",
    help: "size of the header",
    default: 0n,
  },
  align: {
    short: "-a",
    long: "--alignment",
    value: "ALIGNMENT",
    help: "align allocated units to size; -1->no align",
    default: -1n,
  },
  policy: {
    short: "-p",
    long: "--policy",
    value: "POLICY",
    help: "list search (BEST, WORST, FIRST)",
    default: "BEST",
  },
  order: {
    short: "-l",
    long: "--listOrder",
    value: "ORDER",
    help: "list order (ADDRSORT, SIZESORT+, SIZESORT-, INSERT-FRONT, INSERT-BACK)",
    default: "ADDRSORT",
  },
  coalesce: { short: "-C", long: "--coalesce", help: "coalesce the free list?", default: false },
  operations: {
    short: "-n",
    long: "--numOps",
    value: "OPSNUM",
    help: "number of random ops to generate",
    default: 10n,
  },
  range: { short: "-r", long: "--range", value: "OPSRANGE", help: "max alloc size", default: 10n },
  percentAlloc: {
    short: "-P",
    long: "--percentAlloc",
    value: "OPSPALLOC",
    help: "percent of ops that are allocs",
    default: 50n,
  },
  allocList: {
    short: "-A",
    long: "--allocList",
    value: "OPSLIST",
    help: "instead of random, list of ops (+10,-0,etc)",
    default: "",
  },
  compute: { short: "-c", long: "--compute", help: "compute answers for me", default: false },
} as const satisfies Readonly<Record<string, Option>>;

/** What the flags of a call of malloc.py say. */
export type OstepFlags = Readonly<Values<typeof OPTIONS>>;

/** What `--help` prints. */
export const helpText = () => helpOf(PROGRAM, OPTIONS);

/** Reads the flags of a call. @throws UsageError; TypeError for what is no list of words */
export function ostepFlags(flags: string | readonly string[]): OstepFlags | typeof HELP {
  const words = typeof flags === "string" ? flags.split(/\s+/).filter((word) => word !== "") : flags;
  if (!Array.isArray(words) || !words.every((word) => typeof word === "string")) {
    throw new TypeError(`The flags of ${PROGRAM} are a list of words, for example ["-n", "10", "-c"].`);
  }
  return readFlags(OPTIONS, words);
}
