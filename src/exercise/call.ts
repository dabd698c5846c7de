import type { Heap } from "../heap/heap";

/**
 * What names a block in a call: the name that its malloc gave it, also with a distance, as in `a + 1`; an address; or null.
 */
export type BlockName = string | number | null;

/** A call on a heap, as plain JSON. Requests are bytes. */
export type Call =
  | {
      readonly op: "malloc";
      readonly request: number;
      /** The name by which later calls know the block. */
      readonly as?: string;
    }
  | { readonly op: "free"; readonly block: BlockName }
  | { readonly op: "realloc"; readonly block: BlockName; readonly request: number };

/** What a heap answers to a call: a payload address or null, and to a free whether a block was freed. */
export type CallAnswer = number | boolean | null;

/** The name of the n-th block, from 0 on: a to z, then a1 to z1, a2 … */
export function blockName(n: number): string {
  const letter = String.fromCharCode(97 + (n % 26));
  return n < 26 ? letter : `${letter}${Math.floor(n / 26)}`;
}

/** A call as a program has it: `a = malloc(8)`, `free(a)`, `a = realloc(a, 16)`, `free(64)`. */
export function callText(call: Call): string {
  switch (call.op) {
    case "malloc":
      return `${call.as === undefined ? "" : `${call.as} = `}malloc(${call.request})`;
    case "free":
      return `free(${call.block})`;
    case "realloc":
      return `${typeof call.block === "string" ? `${call.block} = ` : ""}realloc(${call.block}, ${call.request})`;
  }
}

/** Calls one behind the other: `a = malloc(8), free(a)`. */
export function callsText(calls: readonly Call[]): string {
  return calls.map(callText).join(", ");
}

/** The address that stands for a block, where `names` says what names stand for; null for a name that it has not. */
export function addressIn(names: ReadonlyMap<string, number | null>, block: BlockName): number | null {
  if (typeof block !== "string") return block;
  const [name, distance] = block.split(" + ") as [string, string?];
  const address = names.get(name) ?? null;
  return address === null ? null : address + Number(distance ?? 0);
}

/** Makes calls on a heap and keeps the addresses that names stand for. */
export class Caller {
  readonly #addresses = new Map<string, number | null>();

  constructor(private readonly heap: Pick<Heap, "malloc" | "free" | "realloc">) {}

  /** The payload address that stands for a block: null for a name whose malloc was denied, or that no call has given. */
  addressOf(block: BlockName): number | null {
    return addressIn(this.#addresses, block);
  }

  /** Makes a call. A name keeps the address of a block that is freed, as a variable does. */
  make(call: Call): CallAnswer {
    if (call.op === "free") return this.heap.free(this.addressOf(call.block));
    if (call.op === "malloc") {
      const address = this.heap.malloc(call.request);
      if (call.as !== undefined) this.#addresses.set(call.as, address);
      return address;
    }
    const address = this.heap.realloc(this.addressOf(call.block), call.request);
    if (typeof call.block === "string" && address !== null) this.#addresses.set(call.block, address);
    return address;
  }
}
