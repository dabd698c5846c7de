import { describe, expect, test } from "vitest";
import { Choices, OperationLog, UNKNOWN } from "../operation-log";
import { decodeOperations, encodeOperations } from "./operations";

type Call = (log: OperationLog) => void;

function logOf(...calls: Call[]): OperationLog {
  const log = new OperationLog();
  for (const call of calls) call(log);
  return log;
}

/** What a log says of its operations. */
function content(log: OperationLog) {
  return Array.from({ length: log.length }, (_, i) => [log.kinds[i], log.requests[i], log.targets[i]]);
}

/** The bytes of a number that is no small integer. */
function eight(value: number): number[] {
  return [1, ...new Uint8Array(Float64Array.of(value).buffer)];
}

describe("operations as bytes", () => {
  const block: Call = (log) => log.malloc(1, 8);
  const freed: Call = (log) => log.free(8, true);
  const failed =
    (address: number): Call =>
    (log) =>
      log.free(address, false);

  test.each<[string, Call[], number[]]>([
    ["malloc of 5 bytes", [(log) => log.malloc(5, 0)], [20]],
    ["malloc of nothing", [(log) => log.malloc(0, null)], [0]],
    ["malloc of −1 bytes", [(log) => log.malloc(-1, -1)], [3, ...eight(-1)]],
    ["malloc of half a byte", [(log) => log.malloc(0.5, 0)], [3, ...eight(0.5)]],
    ["malloc of −0 bytes", [(log) => log.malloc(-0, null)], [3, ...eight(-0)]],
    ["malloc of 2^50 bytes", [(log) => log.malloc(2 ** 50, null)], [3, ...Array(7).fill(128), 4]],
    ["free of a block", [block, freed], [4, 5]],
    ["free of the block at 0", [(log) => log.malloc(1, 0), (log) => log.free(0, true)], [4, 5]],
    ["free of another address", [block, failed(9)], [4, 7, 18]],
    ["second free of a block", [block, freed, failed(8)], [4, 5, 7, 16]],
    ["free of the address 1 behind a free", [block, freed, failed(1)], [4, 5, 7, 2]],
    ["free of the address 0 behind a coalescing", [(log) => log.coalesce(), failed(0)], [19, 7, 0]],
    ["realloc of a block that stays", [block, (log) => log.realloc(8, 6, 8), freed], [4, 6, 12, 5]],
    ["realloc of a block that moves", [block, (log) => log.realloc(8, 6, 40), failed(8)], [4, 6, 12, 7, 16]],
    [
      "realloc to address 0",
      [
        (log) => log.malloc(1, 0),
        block,
        (log) => log.free(0, true),
        (log) => log.realloc(8, 6, 0),
        failed(8),
      ],
      [4, 4, 9, 10, 12, 7, 16],
    ],
    ["realloc that is denied", [block, (log) => log.realloc(8, 99, null), freed], [4, 6, 198, 1, 9]],
    ["realloc to nothing", [block, (log) => log.realloc(8, 0, null), failed(8)], [4, 6, 0, 7, 16]],
    ["realloc of no block", [(log) => log.realloc(null, 3, 0)], [15, 6]],
    ["realloc of another address", [(log) => log.realloc(9, 3, null)], [11, 18, 6]],
    [
      "free of what a malloc of nothing answered",
      [(log) => log.malloc(0, -1), failed(-1)],
      [0, 7, ...eight(-1)],
    ],
  ])("%s", (_, calls, bytes) => {
    const log = logOf(...calls);
    expect([...encodeOperations(log)]).toEqual(bytes);
    const decoded = decodeOperations(Uint8Array.from(bytes), log.length, false);
    expect(decoded.choices).toBeNull();
    for (let i = 0; i < log.length; i++) {
      expect(decoded.results[i]).toBe(UNKNOWN);
      // A block is named by the operation that returned its address.
      const from = decoded.references![i]!;
      if (from > 0) decoded.targets[i] = log.results[from - 1]!;
    }
    expect(content(decoded)).toEqual(content(log));
  });

  test("with the choices of a fit of one's own", () => {
    const log = logOf(
      block,
      freed,
      (one) => one.realloc(null, 2, null),
      (one) => one.malloc(3, 24),
    );
    log.choices = new Choices();
    log.choices.add(8, 1, 3);
    log.choices.add(Number.NaN, 1, 0);
    log.choices.add(Number.NaN, 1, 4);
    log.choices.add(24, 2, 130);
    const bytes = encodeOperations(log);
    expect([...bytes]).toEqual([4, 3, 1, 16, 5, 15, 4, 4, 0, 12, 130, 1, 2, 48]);
    const { choices } = decodeOperations(bytes, 4, true);
    expect(choices!.length).toBe(4);
    expect([...choices!.holes.slice(0, 4)]).toEqual([8, Number.NaN, Number.NaN, 24]);
    expect([...choices!.searches.slice(0, 4)]).toEqual([1, 1, 1, 2]);
    expect([...choices!.examined.slice(0, 4)]).toEqual([3, 0, 4, 130]);
  });

  test("of many steps, and of none", () => {
    const many = decodeOperations(new Uint8Array(1000).fill(4), 1000, false);
    expect([many.length, many.requests[999]]).toEqual([1000, 1]);
    const none = decodeOperations(new Uint8Array(0), 0, false);
    none.malloc(7, 0);
    expect(content(none)).toEqual([[0, 7, Number.NaN]]);
  });

  const NO_BLOCK = "names a block that no step before it returned";

  test.each<[string, number[], number, string, boolean?]>([
    ["more steps than bytes", [4], 2, "its steps must be at most the 1 bytes of its operations, not 2"],
    ["more bytes than steps", [4, 4], 1, "its operations go on after step 1"],
    ["another kind", [4, 4 * 5 + 3], 2, "its step 2 is no malloc, free, realloc or coalesce"],
    ["a free of its own block", [4, 1], 2, `its step 2 ${NO_BLOCK}`],
    ["a free of a block from before the first step", [4, 9], 2, `its step 2 ${NO_BLOCK}`],
    ["a realloc of what a free returned", [4, 5, 6, 2], 3, `its step 3 ${NO_BLOCK}`],
    ["a third search", [4, 1, 3, 16], 1, "its operations have no search 3 of 1 holes", true],
    [
      "more holes than a heap has",
      [4, 129, 128, 128, 128, 4, 1, 16],
      1,
      "its operations have no search 1 of 1073741825 holes",
      true,
    ],
  ])("are refused for %s", (_, bytes, length, reason, withChoices = false) => {
    const decode = () => decodeOperations(Uint8Array.from(bytes), length, withChoices);
    expect(decode).toThrow(new RangeError(reason));
  });

  test("take as many holes as a heap has, and the free of a block that a realloc returned", () => {
    const bytes = Uint8Array.of(4, 128, 128, 128, 128, 4, 2, 16);
    expect(decodeOperations(bytes, 1, true).choices!.examined[0]).toBe(2 ** 30);
    expect([...decodeOperations(Uint8Array.of(15, 6, 5), 2, false).references!]).toEqual([0, 1]);
  });
});
