import { readable } from "../../base/readable";
import type { Extent } from "../../heap/block";

/** How sizes and addresses are written: `64` or `0x40`. */
export type NotationName = "decimal" | "hexadecimal";

/** Writes numbers, one way throughout. Counts of things that are no bytes are decimal in both. */
export class Notation {
  constructor(private readonly radix: 10 | 16) {}

  /** An address, or a size without its unit. */
  number(n: number): string {
    return this.radix === 10 || !Number.isFinite(n) ? readable(n) : this.literal(n);
  }

  /** A number as it stands in a call, without separators. */
  literal(n: number): string {
    if (this.radix === 10 || !Number.isFinite(n)) return String(n);
    return `${n < 0 ? "-" : ""}0x${Math.abs(n).toString(16)}`;
  }

  /** A size: `1 byte`, `64 bytes`. */
  bytes(n: number): string {
    return `${this.number(n)} byte${n === 1 ? "" : "s"}`;
  }

  /** A size and where: `64 bytes at 96`. */
  extent({ address, size }: Extent): string {
    return `${this.bytes(size)} at ${this.number(address)}`;
  }
}

/** Both. */
export const NOTATIONS: Readonly<Record<NotationName, Notation>> = {
  decimal: new Notation(10),
  hexadecimal: new Notation(16),
};

/** A number of things: `1 record`, `3 records`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** The verb of a number of things. */
export function are(n: number): string {
  return n === 1 ? "is" : "are";
}

/** Likewise. */
export function stay(n: number): string {
  return n === 1 ? "stays" : "stay";
}
