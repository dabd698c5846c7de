/*
 * The words of this library.
 *
 *   heap        the simulated address range, from its base to its top
 *   page        its smallest unit of allocation, in bytes; also one cell of its picture
 *   block       a contiguous range of the heap, free or allocated; blocks tile the heap
 *   hole        a free block
 *   free list   the list that is searched for a hole; its order is a policy
 *   request     the bytes that a caller asks for
 *   size        the bytes of a block: request plus header, rounded up to the alignment
 *   header      bytes at the start of every allocated block that its caller may not use
 *   payload     what follows the header: what the caller may use
 *   address     of a block: where it starts; of its payload: what malloc returned, `header` bytes further on
 *   examined    free-list records that a linear search looks at before it decides
 */

/** A range of addresses: `size` bytes from `address` on. */
export interface Extent {
  /** First address of the range, in bytes. */
  readonly address: number;
  /** Length of the range, in bytes. */
  readonly size: number;
}

/** The payload address that stands for a block that there is not. It lies in no heap. */
export const NO_BLOCK = -1;

/** A contiguous range of the heap that is either free or allocated. */
export interface Block extends Extent {
  /** True for a hole. */
  readonly free: boolean;
}
