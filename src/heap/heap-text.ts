import type { Block } from "./block";

/** The mini-language of heaps: the blocks in address order, `A32` for 32 allocated bytes, `f16` for 16 free ones. */
export function heapText(blocks: Iterable<Block>): string {
  return Array.from(blocks, (block) => `${block.free ? "f" : "A"}${block.size}`).join(" ");
}

/**
 * Reads the mini-language: `parseHeapText("A32 f16 A8")`.
 * @param base address of the first block
 * @throws SyntaxError that names the word that is no block
 */
export function parseHeapText(text: string, base = 0): Block[] {
  let address = base;
  return text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => {
      const match = /^([Af])([1-9]\d*)$/.exec(word);
      if (!match) throw new SyntaxError(`A block is written A32 or f16, not ${JSON.stringify(word)}.`);
      const block = { address, size: Number(match[2]), free: match[1] === "f" };
      address += block.size;
      return block;
    });
}
