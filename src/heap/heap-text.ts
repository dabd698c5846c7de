import { show } from "../base/wrong-argument";
import type { Block } from "./block";

/** The mini-language of heaps: the blocks in address order, `A32` for 32 allocated bytes, `f16` for 16 free ones. */
export function heapText(blocks: Iterable<Block>): string {
  return Array.from(blocks, (block) => `${block.free ? "f" : "A"}${block.size}`).join(" ");
}

/**
 * Reads the mini-language: `parseHeapText("A32 f16 A8")`. Any white space separates blocks.
 * @param base address of the first block
 * @throws SyntaxError that names the word that is no block, and where it stands
 */
export function parseHeapText(text: string, base = 0): Block[] {
  let address = base;
  return wordsOf(text).map(({ word, at }) => {
    const match = /^([Af])([1-9]\d*)$/.exec(word);
    if (!match) throw new SyntaxError(`A block is written A32 or f16, not ${show(word)} at character ${at}.`);
    const size = Number(match[2]);
    if (address + size > Number.MAX_SAFE_INTEGER)
      throw new SyntaxError(`A heap must end below 2^53, and ${show(word)} at character ${at} goes beyond.`);
    const block = { address, size, free: match[1] === "f" };
    address += size;
    return block;
  });
}

/** The words of a text, each with the number of its first character, counted from 1. */
export function wordsOf(text: string): { readonly word: string; readonly at: number }[] {
  if (typeof text !== "string")
    throw new TypeError(`A heap is written as a text such as "f100 A1 f500", not ${show(text)}.`);
  return Array.from(text.matchAll(/\S+/g), ({ 0: word, index }) => ({ word, at: index + 1 }));
}
