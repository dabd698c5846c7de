import { findBug } from "../../../exercise/bugs/find-bug";
import type { TestedHeap } from "../../../exercise/bugs/trial";
import { callsText } from "../../../exercise/call";
import type { Extent } from "../../../heap/block";
import type { FreeListOptions } from "../../../heap/options";
import type { CodeTask, Judgement } from "./code-task";
import { CodeEnded, type RemoteCode } from "./remote-code";

/** Sequences of calls that are tried. */
const MOST = 20_000;

/** Looks for a fault in a class that is elsewhere. */
export function judgeAllocator(
  remote: RemoteCode,
  { policy }: Extract<CodeTask, { kind: "allocator" }>,
): Judgement {
  let calls = "making a heap";
  let ended: CodeEnded | null = null;
  const make = (...parameters: [number, number, FreeListOptions]) => {
    if (ended) throw ended;
    return remoteHeap((...call) => {
      try {
        return remote.call(...call);
      } catch (error) {
        if (error instanceof CodeEnded) ended = error;
        throw error;
      }
    }, parameters);
  };
  try {
    const finding = findBug(make, {
      ...policy,
      most: MOST,
      onTry: (its) => {
        if (!ended) calls = callsText(its);
      },
    });
    if (ended) throw ended;
    return { share: finding.found ? 0 : 1, remark: finding.found ? String(finding) : "" };
  } catch (error) {
    if (error instanceof CodeEnded) return { share: 0, remark: `${error.message} The calls were: ${calls}.` };
    if (error instanceof TypeError) return { share: 0, remark: error.message };
    throw error;
  }
}

/** Bytes that are read at a time. */
const AHEAD = 64;

/** A heap of a class that is elsewhere; it has what the class has. */
function remoteHeap(
  call: (...call: readonly unknown[]) => unknown,
  parameters: readonly unknown[],
): TestedHeap {
  const has = call("make", ...parameters) as Readonly<Record<string, boolean>>;
  const memory = has.memory === true ? new RemoteMemory(call) : null;
  const change = (...its: readonly unknown[]) => {
    memory?.write();
    return call(...its);
  };
  return {
    ...(has.malloc === true && { malloc: (request: number) => change("malloc", request) as number | null }),
    ...(has.free === true && { free: (address: number | null) => change("free", address) as boolean }),
    ...(has.realloc === true && {
      realloc: (address: number | null, request: number) =>
        change("realloc", address, request) as number | null,
    }),
    ...(has.holes === true && {
      holes: () => {
        const list = call("holes") as readonly (readonly [number, number])[] | null;
        if (list === null) throw new TypeError("It shows no list of holes.");
        return list.map(([address, size]): Extent => ({ address, size }));
      },
    }),
    ...(memory && { memory: memory.bytes }),
  } as TestedHeap;
}

/** The memory of a heap that is elsewhere: written before each call, read some bytes at a time. */
class RemoteMemory {
  readonly bytes: number[];
  #written: number[] = [];
  readonly #read = new Map<number, number | null>();

  constructor(private readonly call: (...call: readonly unknown[]) => unknown) {
    this.bytes = new Proxy<number[]>([], {
      set: (_, at, byte) => {
        this.#written.push(Number(at), byte as number);
        return true;
      },
      get: (target, at) =>
        typeof at === "string" && /^\d+$/.test(at) ? this.#at(Number(at)) : Reflect.get(target, at),
    });
  }

  write(): void {
    this.#read.clear();
    if (this.#written.length > 0) this.call("poke", this.#written);
    this.#written = [];
  }

  #at(at: number): number | undefined {
    if (this.#written.length > 0) this.write();
    if (!this.#read.has(at)) {
      const bytes = this.call("peek", at, AHEAD) as readonly (number | null)[];
      for (const [i, byte] of bytes.entries()) this.#read.set(at + i, byte);
    }
    return this.#read.get(at) ?? undefined;
  }
}
