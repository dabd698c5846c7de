import type { Extent } from "../../heap/block";
import type { MallocEvent } from "../../heap/event";
import type { FitName } from "../../heap/fits";
import { heapFrom } from "../../heap/heap-from";
import { heapText } from "../../heap/heap-text";
import type { FreeListOptions } from "../../heap/options";
import { SlowBuddies } from "../../heap/testing/slow-buddies";
import { TextbookHeap } from "../../heap/textbook-heap";
import type { Call } from "../call";
import { ostep } from "../ostep/ostep";
import type { Question } from "../question";

/**
 * The answer to a question by another way: from its JSON alone, on the textbook heap; buddies on a set of free blocks, size classes
 * by a loop over lists.
 */
export function solve(question: Question): unknown {
  return SOLVERS[question.kind]!(question);
}

type Run = ReturnType<typeof run>;

/** The calls of a question on the textbook heap, with other options if need be. */
function run({ heap, calls }: Question, options: FreeListOptions = {}, rover: unknown = null) {
  const { description, start, setup } = heap!;
  const all = { ...description.options, ...options } as FreeListOptions;
  const { pageSize, heapSize } = description;
  const text = start?.replace(/ (\d+)/g, (word, address) =>
    Number(address) === rover ? ` >${address}` : word,
  );
  const textbook =
    text === undefined
      ? new TextbookHeap(heapSize, pageSize, all)
      : heapFrom(text, { pageSize, ...all }, TextbookHeap);
  const named: Record<string, number | null> = {};
  const events: MallocEvent[] = [];
  textbook.listen((event) => {
    if (event.kind === "malloc") events.push(event);
  });
  const make = (call: Call) => {
    if (call.op === "malloc") {
      const address = textbook.malloc(call.request);
      named[call.as ?? ""] = address;
      return address;
    }
    const block = typeof call.block === "string" ? named[call.block]! : call.block;
    return call.op === "free" ? textbook.free(block) : textbook.realloc(block, call.request);
  };
  setup.forEach(make);
  const before = [...textbook.blocks()];
  const answers = calls.map(make);
  textbook.check();
  const list = Array.from(textbook.holes(), ({ address, size }) => ({ address, size }));
  return { heap: textbook, answers, list, events, before };
}

const last = ({ answers }: Run) => answers.at(-1);
const requested = ({ calls }: Question) =>
  calls.reduce((sum, call) => sum + (call.op === "malloc" ? call.request : 0), 0);
const listed = (list: readonly Extent[]) =>
  [...list.map(({ address, size }) => `[${address}: ${size}]`), "end"].join(" -> ");
const choicesOf = ({ answer }: Question) => (answer as { choices: readonly string[] }).choices;
const holeAround = (list: readonly Extent[], at: number) =>
  list.filter(({ address, size }) => address <= at && at < address + size);

function buddies(question: Question) {
  const { description } = question.heap!;
  const slow = new SlowBuddies(description.heapSize, description.pageSize, 0);
  const named: Record<string, number> = {};
  const base = Number(description.options.base ?? 0);
  let answer: unknown;
  for (const call of question.calls) {
    if (call.op === "malloc") {
      answer = slow.malloc(call.request);
      named[call.as!] = answer as number;
    } else answer = slow.free(named[call.block as string]!);
  }
  return { slow, named, answer, base };
}

/** Segregated fits as its definition says: an array of lists, new holes in front. */
function segregated({ heap, calls }: Question): { address: number | null; examined: number } {
  const { heapSize, options } = heap!.description;
  const bounds = options.classes as number[];
  const classOf = (size: number) =>
    (bounds.findIndex((bound) => size <= bound) + bounds.length + 1) % (bounds.length + 1);
  const lists: Extent[][] = [...bounds, 0].map(() => []);
  const put = (hole: Extent) => lists[classOf(hole.size)]!.unshift(hole);
  const blocks = new Map<number, number>();
  const named: Record<string, number> = {};
  let examined = 0;
  const malloc = (request: number): number | null => {
    const size = Math.ceil(request / 4) * 4;
    examined = 0;
    for (let c = classOf(size); c < lists.length; c++) {
      for (const hole of lists[c]!) {
        examined++;
        if (hole.size < size) continue;
        lists[c] = lists[c]!.filter((other) => other !== hole);
        if (hole.size > size) put({ address: hole.address + size, size: hole.size - size });
        blocks.set(hole.address, size);
        return hole.address;
      }
    }
    return null;
  };
  const free = (address: number) => {
    let hole = { address, size: blocks.get(address)! };
    blocks.delete(address);
    for (const [c, list] of lists.entries()) {
      const left = list.find((other) => other.address + other.size === hole.address);
      const right = list.find((other) => other.address === hole.address + hole.size);
      if (left) hole = { address: left.address, size: left.size + hole.size };
      if (right) hole = { address: hole.address, size: hole.size + right.size };
      lists[c] = list.filter((other) => other !== left && other !== right);
    }
    put(hole);
  };
  put({ address: 0, size: heapSize });
  for (const call of heap!.setup) {
    if (call.op === "malloc") named[call.as!] = malloc(call.request)!;
    else free(named[(call as { block: string }).block]!);
  }
  const call = calls[0] as { request: number };
  return { address: malloc(call.request), examined };
}

/** Each operation that a call of malloc.py prints: what it returned, and the free list. */
export function printedBy(flags: string) {
  const header = Number(/-H (\d+)/.exec(flags)?.[1] ?? 0);
  const pattern = /returned (-?\d+).*\nFree List \[ Size \d+ \]: (.*)\n/g;
  return Array.from(ostep(flags).matchAll(pattern), ([, returned, holes]) => ({
    address: [-1, header - 1].includes(Number(returned)) ? null : Number(returned),
    list: Array.from(holes!.matchAll(/addr:(\d+) sz:(\d+)/g), ([, address, size]) => ({
      address: Number(address),
      size: Number(size),
    })),
  }));
}

const SOLVERS: Record<string, (question: Question) => unknown> = {
  address: (question) => last(run(question)),
  list: (question) => run(question).list,
  examined: (question) => run(question).events.at(-1)!.examined,
  "which-fit"(question) {
    const { after, rover } = question.given;
    const fits = choicesOf(question).filter((fit) => {
      const { heap } = run(question, { fit: fit as FitName }, fit === "next" ? rover : null);
      return heapText(heap.blocks()) === after;
    });
    return fits.length === 1 ? fits[0] : fits;
  },
  rover(question) {
    // The hole from which one more search begins is the one that a request for nothing, which every hole serves, gets.
    const { heap } = run(question);
    return heap.malloc(0);
  },
  size: (question) => run(question).heap.usedBytes,
  payload(question) {
    const ran = run(question);
    return question.level === 3 ? ran.heap.top - ran.heap.freeBytes : last(ran);
  },
  merge(question) {
    const { list, heap } = run(question);
    const { block } = question.calls.at(-1) as { block: number };
    return holeAround(list, block - heap.header);
  },
  free(question) {
    const ran = run(question);
    if (last(ran)) return choicesOf(question)[0];
    const { block } = question.calls.at(-1) as { block: number };
    const { heap, list } = ran;
    if (block < heap.base || block >= heap.top) return choicesOf(question)[3];
    return choicesOf(question)[holeAround(list, block).length > 0 ? 2 : 1];
  },
  order(question) {
    if (question.level === 1) return run(question).list;
    if (question.level === 3) return last(run(question));
    const orders = choicesOf(question).filter((order) => {
      const { list } = run(question, { order: order as NonNullable<FreeListOptions["order"]> });
      return listed(list) === question.given.list;
    });
    return orders.length === 1 ? orders[0] : orders;
  },
  coalescing(question) {
    const [is, was] = [run(question), run(question, { coalesce: "never" })];
    if (question.level === 1) return is.heap.largestHole - was.heap.largestHole;
    if (question.level === 2) return was.list.length - is.list.length;
    const size = Number(question.given.size);
    const fitting = ({ list }: Run) => list.reduce((sum, hole) => sum + Math.floor(hole.size / size), 0);
    return fitting(is) - fitting(was);
  },
  realloc(question) {
    const { list, answers, heap, before } = run(question);
    const call = question.calls[0] as { block: number };
    if (question.level === 3) return list;
    if (question.level === 2) return answers[0];
    const size = (blocks: Iterable<Extent>) =>
      [...blocks].find(({ address }) => address === call.block)?.size;
    const [was, is] = [size(before)!, size(heap.blocks())!];
    if (answers[0] === null) return choicesOf(question)[4];
    if (answers[0] !== call.block) return choicesOf(question)[3];
    return choicesOf(question)[is === was ? 0 : is < was ? 1 : 2];
  },
  denied(question) {
    const { answers } = run(question);
    const mallocs = answers.filter((_, i) => question.calls[i]!.op === "malloc");
    return choicesOf(question)[mallocs.indexOf(null)];
  },
  internal(question) {
    if (question.heap!.description.kind !== "buddy")
      return run(question).heap.usedBytes - requested(question);
    const free = buddies(question)
      .slow.holes()
      .reduce((sum, [, size]) => sum + size!, 0);
    return question.heap!.description.heapSize - free - requested(question);
  },
  external(question) {
    const { list, heap } = run(question);
    const sizes = list.map(({ size }) => size).sort((a, b) => a - b);
    const largest = sizes.pop()!;
    if (question.level < 3) return sizes.reduce((sum, size) => sum + size, 0);
    let request = largest;
    while (heap.malloc(request) === null) request--;
    return request;
  },
  buddy(question) {
    const { size, block, base } = question.given as { size: number; block: number; base: number };
    // Two buddies make up the block of twice the size that lies at a multiple of it.
    if (question.level === 1) {
      const pair = base + Math.floor((block - base) / (2 * size)) * 2 * size;
      return pair === block ? block + size : pair;
    }
    const ran = buddies(question);
    if (question.level === 2) return ran.base + (ran.answer as number);
    const { slow, named } = ran;
    const freed = named[(question.calls.at(-1) as { block: string }).block]!;
    return holeAround(
      slow.holes().map(([address, size]) => ({ address: address! + ran.base, size: size! })),
      freed + ran.base,
    );
  },
  // What malloc.py prints there, read as a text.
  ostep({ given, answer }) {
    const printed = printedBy(`${given.flags} -c`)[Number(given.step) - 1]!;
    return answer.form === "list" ? printed.list : printed.address;
  },
  "size-class"(question) {
    const call = question.calls[0] as { request: number };
    const { address, examined } = segregated(question);
    if (question.level === 2) return address;
    if (question.level === 3) return examined;
    const size = Math.ceil((call.request + Number(question.heap!.description.options.header)) / 4) * 4;
    const at = (question.heap!.description.options.classes as number[]).findIndex((bound) => size <= bound);
    return choicesOf(question).at(at);
  },
};
