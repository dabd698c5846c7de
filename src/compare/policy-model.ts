import type { FitName } from "../heap/fits";
import type { CustomFit } from "../heap/options";
import type { CoalesceName, OrderName } from "../heap/orders";

/** A policy with every default filled in. */
export interface ComparedPolicy {
  readonly name: string;
  readonly kind: string;
  readonly fit: FitName | CustomFit;
  readonly order: OrderName;
  readonly coalesce: CoalesceName;
  readonly align: number;
  readonly header: number;
}

/** Names the model of the heap that figures belong to, in one line without the arena's size. */
export function modelOf({ kind, fit, order, coalesce, align, header }: ComparedPolicy): string {
  const head = header === 0 ? "no header" : `${header} header bytes`;
  if (kind === "buddy") return `buddy system, smallest block ${align} bytes, ${head}; grows by doubling`;
  const tail = `${coalesce} coalescing, align ${align}, ${head}`;
  if (kind === "segregated-fits") return `segregated fits, ${tail}`;
  return `${typeof fit === "string" ? `${fit} fit` : "a fit of one's own"}, ${order} order, ${tail}`;
}
