import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { readable } from "../../../base/readable";
import type { FreeList } from "../../../heap/free-list";
import { projectRoot } from "../../paths";
import { median, table } from "../report";
import { Native } from "./native";
import { allPeers, ours } from "./peers";
import { type Peer, TURNS, type Turns, turns } from "./workload";

const SIZES = [100, 1_000, 10_000, 100_000, 1_000_000];
const ROUNDS = 5;
const PAGE = 16;

/** ns per operation of address-ordered first and best fit against peers, storage, and objects made. */
export async function run(): Promise<void> {
  const peers = await allPeers();
  const native = Native.compile();
  if (!native) console.log("No C compiler was found: the columns of the C library's malloc stay empty.");
  const head = ["ns per operation, live blocks", ...SIZES.map((live) => readable(live))];
  const rows = new Map<string, number[]>();
  for (const live of SIZES) {
    const all = turns(live, TURNS);
    for (const peer of peers) push(rows, peer.name, live > peer.most ? Number.NaN : timed(peer, live));
    push(rows, "C library", native ? median(native.measure(all, ROUNDS)) : Number.NaN);
    const uncached = { GLIBC_TUNABLES: "glibc.malloc.tcache_count=0" };
    push(
      rows,
      "C library, thread cache off",
      native ? median(native.measure(all, ROUNDS, uncached)) : Number.NaN,
    );
  }
  native?.remove();
  console.log(table([head, ...[...rows].map(([name, values]) => [name, ...values.map(digits)])]));
  console.log();
  console.log(table(bars(rows)));
  console.log();
  console.log(table(storage()));
  console.log();
  console.log(table(objects()));
}

/** Nanoseconds per operation of one peer, in a process of its own, as the C program has one. */
function timed(peer: Peer, live: number): number {
  const file = join(projectRoot, "dist/tools/bench/allocator/run-peer.js");
  return Number(execFileSync(process.execPath, [file, peer.name, String(live)], { encoding: "utf8" }));
}

function bars(rows: ReadonlyMap<string, readonly number[]>): string[][] {
  const of = (name: string) => rows.get(name)!;
  const native = of("C library");
  return [
    ["bar", ...ours.map(({ name }) => name)],
    ...SIZES.map((live, i) => [
      `times the C library at ${readable(live)} (at most 4)`,
      ...ours.map(({ name }) => ratio(of(name)[i]! / native[i]!)),
    ]),
    [
      "growth from 100 to 1,000,000 (at most 8)",
      ...ours.map(({ name }) => ratio(of(name)[4]! / of(name)[0]!)),
    ],
    [
      "times @thi.ng/malloc at 10,000 (at least 150)",
      ...ours.map(({ name }) => ratio(of("@thi.ng/malloc")[2]! / of(name)[2]!)),
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

function push(rows: Map<string, number[]>, name: string, value: number): void {
  rows.set(name, [...(rows.get(name) ?? []), value]);
}

function digits(value: number): string {
  return Number.isNaN(value) ? "-" : value < 100 ? value.toFixed(1) : readable(Math.round(value));
}

function ratio(value: number): string {
  return Number.isNaN(value) ? "-" : value.toFixed(value < 100 ? 1 : 0);
}
