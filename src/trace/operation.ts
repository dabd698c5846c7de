/** One operation of a trace. `id` names a block: a small integer, unique among live blocks. */
export type Operation =
  /** Asks for a new block of `size` bytes, named `id` until its free. The id may have named a block freed before. */
  | { readonly kind: "malloc"; readonly id: number; readonly size: number }
  /** Asks for room for `size` bytes for the live block `id`; the id stays, whether the block moves or not. */
  | { readonly kind: "realloc"; readonly id: number; readonly size: number }
  /** Frees the live block `id`. */
  | { readonly kind: "free"; readonly id: number };

/** What an operation does. */
export type OperationKind = Operation["kind"];

/** How the kinds of operations are numbered, wherever they stand in a column; also those of a recorded run. */
export const MALLOC = 0;
export const FREE = 1;
export const REALLOC = 2;

/** The kinds by their numbers. */
export const OPERATION_KINDS = ["malloc", "free", "realloc"] as const satisfies readonly OperationKind[];
