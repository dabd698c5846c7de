import { join } from "node:path";
import { readable } from "../../../base/readable";
import type { FreeList } from "../../../heap/free-list";
import { projectRoot } from "../../paths";
import { median, table } from "../report";
import { Contender } from "./contender";
import { Native, type NativeHeap } from "./native";
import { allPeers, ours } from "./peers";
import { type Peer, TURNS, type Turns, turns } from "./workload";

const SIZES = [100, 1_000, 10_000, 100_000, 1_000_000];
const ROUNDS = 7;
const PAGE = 16;
/** Turns before the first round. */
const WARM_UP = 20_000;
/** Nanoseconds that a round may take: slow peers run fewer turns. */
const ROUND = 3e8;

/** An allocator to be measured. */
interface Entry {
  readonly name: string;
  /** The largest number of live blocks for which waiting is bearable. */
  readonly most: number;
  /** Whether it is first fit in address order: then its answers must be those of all others that are. */
  readonly firstFit?: boolean;
  start(all: Turns): Contender;
}

/** Nanoseconds per operation, a number for each round; by the name of the entry, for each of `SIZES`. */
type Figures = ReadonlyMap<string, readonly (readonly number[])[]>;

/** ns per operation of address-ordered first and best fit against peers, storage, and objects made. */
export async function run(): Promise<void> {
  const native = Native.compile();
  if (!native) console.log("No C compiler was found: what is written in C is left out.");
  const entries = [...(await inJavaScript()), ...(native ? inC(native) : [])];
  const figures = new Map<string, number[][]>(entries.map(({ name }) => [name, []]));
  for (const live of SIZES) {
    for (const [name, rounds] of await measured(entries, turns(live, TURNS))) figures.get(name)!.push(rounds);
  }
  native?.remove();
  const head = ["ns per operation, live blocks", ...SIZES.map((live) => readable(live))];
  const medians = [...figures].map(([name, each]) => [name, ...each.map((rounds) => digits(median(rounds)))]);
  for (const rows of [[head, ...medians], bars(figures), storage(), objects()])
    console.log(`${table(rows)}\n`);
}

async function inJavaScript(): Promise<Entry[]> {
  const file = join(projectRoot, "dist/tools/bench/allocator/run-peer.js");
  return (await allPeers()).map(({ name, most, firstFit }) => ({
    name,
    most,
    firstFit,
    start: ({ live }) => new Contender(process.execPath, [file, name, String(live)]),
  }));
}

function inC(native: Native): Entry[] {
  const entry = (name: string, heap: NativeHeap, most: number, environment = {}) => ({
    name,
    most,
    firstFit: heap !== "c-library",
    start: (all: Turns) => new Contender(native.program(heap), [native.write(all)], environment),
  });
  return [
    entry(INDEX_IN_C, "index-heap", 1e6),
    entry(LIST_IN_C, "walked-list", 1e4),
    entry("C library", "c-library", 1e6),
    entry("C library, thread cache off", "c-library", 1e6, { GLIBC_TUNABLES: "glibc.malloc.tcache_count=0" }),
  ];
}
const INDEX_IN_C = "the index in C";
const LIST_IN_C = "walked list in C";

/** The rounds of every entry, by its name: round by round each in turn, so that what else the machine does slows all of them. */
async function measured(entries: readonly Entry[], all: Turns): Promise<Map<string, number[]>> {
  const running = entries
    .filter(({ most }) => all.live <= most)
    .map((entry) => ({ ...entry, contender: entry.start(all), turns: WARM_UP, done: 0 }));
  const rounds = new Map<string, number[]>(entries.map(({ name }) => [name, []]));
  const sums = new Map<number, number>();
  for (let round = 0; round <= ROUNDS; round++) {
    for (const each of running) {
      const { nanoseconds, sum } = await each.contender.run(each.turns);
      each.done += each.turns;
      if (each.firstFit && (sums.get(each.done) ?? sum) !== sum)
        throw new Error(`${each.name} answers other addresses than ${running[0]!.name} does.`);
      if (each.firstFit) sums.set(each.done, sum);
      if (round > 0) rounds.get(each.name)!.push(nanoseconds / (2 * each.turns));
      else each.turns = Math.round(Math.min(TURNS, Math.max(2_000, (ROUND / nanoseconds) * WARM_UP)));
    }
  }
  for (const { contender } of running) contender.end();
  return rounds;
}

/** What was aimed at. A ratio is the median of those of the rounds, with the least and the greatest. */
function bars(figures: Figures): string[][] {
  const ratio = (over: readonly number[], under: readonly number[] | undefined): string => {
    if (over.length === 0 || !under || under.length === 0) return "-";
    const ratios = over.map((nanoseconds, round) => nanoseconds / under[round]!);
    const [middle, least, most] = [median(ratios), Math.min(...ratios), Math.max(...ratios)].map(digits);
    return `${middle} (${least} to ${most})`;
  };
  const rows = SIZES.flatMap((live, i) =>
    [
      [INDEX_IN_C, "first fit at most 2"],
      [LIST_IN_C, "first fit below 1"],
      ["C library", "at most 4"],
    ].map(([peer, aim]) => [
      `times ${peer} at ${readable(live)} (${aim})`,
      ...ours.map(({ name }) => ratio(figures.get(name)![i]!, figures.get(peer!)?.[i])),
    ]),
  ).filter((row) => row[1] !== "-");
  return [
    ["bar", ...ours.map(({ name }) => name)],
    ...rows,
    [
      "growth from 100 to 1,000,000 (at most 8)",
      ...ours.map(({ name }) => ratio(figures.get(name)![4]!, figures.get(name)![0])),
    ],
    [
      "times faster than @thi.ng/malloc at 10,000 (at least 150)",
      ...ours.map(({ name }) => ratio(figures.get("@thi.ng/malloc")![2]!, figures.get(name)![2])),
    ],
  ];
}

function storage(): string[][] {
  const rows = SIZES.map((live) => {
    const all = turns(live, TURNS);
    return [readable(live), ...ours.flatMap((peer) => storageOf(peer, all))];
  });
  const head = ours.flatMap(({ name }) => [`${name}, bytes per live block`, "allowed"]);
  return [["storage, live blocks", ...head], ...rows];
}

function storageOf({ make }: Peer, { live, first, slots, sizes }: Turns): string[] {
  const heap = make(live) as FreeList;
  const addresses = Array.from(first, (size) => heap.malloc(size)!);
  for (const [i, slot] of slots.entries()) {
    heap.free(addresses[slot]!);
    addresses[slot] = heap.malloc(sizes[i]!)!;
  }
  const allowed = 64 + (8 * heap.capacity) / PAGE / live;
  return [(heap.storageBytes / live).toFixed(1), allowed.toFixed(0)];
}

/** Bytes that a million operations leave on JavaScript's heap when nobody listens. */
function objects(): string[][] {
  const rows = ours.map((peer) => {
    const all = turns(10_000, TURNS);
    const count = TURNS / 2;
    const heap = peer.make(all.live);
    const addresses = new Float64Array(all.live).map((_, i) => heap.malloc(all.first[i]!)!);
    const go = () => {
      for (let i = 0; i < count; i++) {
        heap.free(addresses[all.slots[i]!]!);
        addresses[all.slots[i]!] = heap.malloc(all.sizes[i]!)!;
      }
    };
    go();
    go();
    const before = process.memoryUsage().heapUsed;
    go();
    return [peer.name, ((process.memoryUsage().heapUsed - before) / (2 * count)).toFixed(4)];
  });
  return [["objects made by a million operations", "bytes per operation"], ...rows];
}

function digits(value: number): string {
  if (Number.isNaN(value)) return "-";
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : readable(Math.round(value));
}
