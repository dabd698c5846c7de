import { expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { NOTATIONS } from "../run/decision/notation";
import { History } from "../run/history";
import { Film } from "./film";
import { lifeOf } from "./life";
import { marksOfPick, pickAt } from "./pick";

function filmed(): Film {
  const heap = new FreeList(1024, 16, { header: 8 });
  heap.malloc(24);
  const history = History.of(heap);
  history.label("parser");
  const block = heap.malloc(100)!;
  const next = heap.malloc(20)!;
  const grown = heap.realloc(block, 200)!;
  history.label("printer");
  heap.free(next);
  heap.realloc(grown, 150);
  heap.free(grown);
  const film = new Film("", history.stop());
  film.read(Number.POSITIVE_INFINITY);
  return film;
}

test("lifeOf tells who asked for a block, when, how much it cost, and what became of it, wherever it moved", () => {
  const film = filmed();
  const told =
    "parser asked for 100 bytes + 8 of header + 4 of rounding at step 1; the search looked at 1 record. At step 3 realloc made it 200 bytes + 8 of header, and it moved to 176. At step 5 realloc made it 150 bytes + 8 of header + 2 of rounding, where it was. It was freed at step 6 by printer.";
  const { block } = pickAt(film, 40, 1)!;
  expect(lifeOf(film, block!, NOTATIONS.decimal)).toEqual({
    text: `The block at 32 has 112 bytes, its payload at 40. ${told}`,
    birth: 1,
    end: 6,
  });
  const later = pickAt(film, 180, 4)!.block!;
  expect(lifeOf(film, later, NOTATIONS.decimal).text).toBe(
    `The block at 176 has 208 bytes, its payload at 184. ${told}`,
  );
});

test("lifeOf knows blocks from before the first step, and those that stay", () => {
  const film = filmed();
  expect(lifeOf(film, pickAt(film, 0, 2)!.block!, NOTATIONS.hexadecimal)).toEqual({
    text: "The block at 0x0 has 0x20 bytes, its payload at 0x8. It was there before the first step. It is there to the end of the run.",
    birth: null,
    end: null,
  });
});

test("a pick follows its block, and marks nothing before its birth and behind its end", () => {
  const film = filmed();
  const pick = pickAt(film, 40, 1)!;
  const marked = [0, 1, 2, 3, 4, 5, 6].map((step) =>
    marksOfPick(pick, step).map(({ address, size }) => `${size} at ${address}`),
  );
  expect(marked).toEqual([
    [],
    ["112 at 32"],
    ["112 at 32"],
    ["208 at 176"],
    ["208 at 176"],
    ["160 at 176"],
    [],
  ]);
  expect(pickAt(film, 5000, 1)).toBeNull();
  expect(marksOfPick(pickAt(film, 900, 1)!, 1)).toEqual([{ kind: "picked", address: 144, size: 880 }]);
});
