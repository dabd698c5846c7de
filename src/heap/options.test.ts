import { describe, expect, it } from "vitest";
import { show } from "../base/wrong-argument";
import { FITS } from "./fits";
import { FreeList } from "./free-list";
import { checkedOptions } from "./options";

describe("checkedOptions", () => {
  it("fills in the defaults that the documentation names", () => {
    expect(checkedOptions(64, 4)).toEqual({
      heapSize: 64,
      pageSize: 4,
      given: {},
      fit: "first",
      order: "address",
      coalesce: "immediate",
      align: 4,
      header: 0,
      base: 0,
      growable: false,
      leastRemainder: 1,
      place: "low",
    });
    expect(checkedOptions(64, 4, { align: undefined })).toMatchObject({ align: 4 });
  });

  it.each([
    ["heapSize 0", 0, 4, RangeError, "heapSize must be an integer from 1"],
    ["a negative heapSize", -4, 4, RangeError, "heapSize"],
    ["heapSize NaN", Number.NaN, 4, RangeError, "not NaN"],
    ["a fractional heapSize", 4.5, 1, RangeError, "not 4.5"],
    ["an infinite heapSize", Number.POSITIVE_INFINITY, 4, RangeError, "not Infinity"],
    ["heapSize 2^53", 2 ** 53, 4, RangeError, "2^53 - 1"],
    ["a heapSize that is text", "64", 4, TypeError, 'not "64"'],
    ["no heapSize", undefined, 4, TypeError, "not undefined"],
    ["heapSize null", null, 4, TypeError, "not null"],
    ["heapSize 10 in pages of 4", 10, 4, RangeError, "10 is no multiple of 4; 12 is"],
    ["a page larger than the heap", 64, 128, RangeError, "64 is no multiple of 128; 128 is"],
    ["pageSize 0", 64, 0, RangeError, "pageSize must be an integer from 1"],
    ["a negative pageSize", 64, -4, RangeError, "not -4"],
    ["pageSize NaN", 64, Number.NaN, RangeError, "pageSize"],
    ["a fractional pageSize", 64, 0.5, RangeError, "not 0.5"],
    ["no pageSize", 64, undefined, TypeError, "pageSize must be a number"],
    ["pageSize as a bigint", 64, 4n, TypeError, "pageSize must be a number"],
  ])("refuses %s", (_, heapSize, pageSize, error, message) => {
    const make = () => new FreeList(heapSize as number, pageSize as number);
    expect(make).toThrow(error as typeof Error);
    expect(make).toThrow(message as string);
  });

  it.each([
    [
      "an unknown option",
      { align: 4, fits: "best" },
      RangeError,
      'There is no option "fits"; the options are fit, order',
    ],
    [
      "an unknown fit",
      { fit: "fast" },
      RangeError,
      `${Object.keys(FITS).map(show).join(", ")} or a function`,
    ],
    ["a fit that is a number", { fit: 1 }, TypeError, "not 1"],
    ["an unknown order", { order: "random" }, RangeError, "options.order must be one of"],
    ["an order that is a function", { order: () => 0 }, TypeError, "options.order"],
    ["an unknown coalescing", { coalesce: "always" }, RangeError, '"immediate", "deferred", "never"'],
    ["coalesce: true", { coalesce: true }, TypeError, "not true"],
    ["growable: 1", { growable: 1 }, TypeError, "options.growable must be true or false, not 1"],
    ["align 0", { align: 0 }, RangeError, "give 1 for no rounding"],
    ["align 1.5", { align: 1.5 }, RangeError, "not 1.5"],
    ["a negative header", { header: -4 }, RangeError, "give 0 for no header"],
    ["a header that is text", { header: "4" }, TypeError, 'not "4"'],
    ["a negative base", { base: -1 }, RangeError, "options.base"],
    [
      "a base so high that the heap ends beyond 2^53",
      { base: 2 ** 53 - 32 },
      RangeError,
      "must end below 2^53",
    ],
    ["the original program's order", { order: "as-published" }, RangeError, "options.order must be one of"],
    ["a list for options", [], TypeError, "Options must be an object, not []"],
    ["options that are null", null, TypeError, "Options must be an object, not null"],
    ["options that are text", "best", TypeError, "Options must be an object"],
  ])("refuses %s", (_, options, error, message) => {
    const make = () => new FreeList(64, 4, options as never);
    expect(make).toThrow(error as typeof Error);
    expect(make).toThrow(message as string);
  });

  it.each([
    [0, 4, {}, "heapSize must be an integer from 1 to 2^53 - 1, not 0; give a multiple of the page size 4."],
    [
      -4,
      4,
      { growable: true },
      "heapSize must be an integer from 0 to 2^53 - 1, not -4; give a multiple of the page size 4.",
    ],
    [
      64,
      0,
      {},
      "pageSize must be an integer from 1 to 2^53 - 1, not 0; give the bytes of a page, for example 4.",
    ],
    [
      64,
      4,
      { align: 0 },
      "options.align must be an integer from 1 to 2^53 - 1, not 0; give 1 for no rounding.",
    ],
    [
      64,
      4,
      { header: -1 },
      "options.header must be an integer from 0 to 2^53 - 1, not -1; give 0 for no header.",
    ],
    [
      64,
      4,
      { base: -1 },
      "options.base must be an integer from 0 to 2^53 - 1, not -1; give 0 to start at the first address.",
    ],
    [
      64,
      4,
      { leastRemainder: 0 },
      "options.leastRemainder must be an integer from 1 to 2^53 - 1, not 0; give 1 to split off every remainder.",
    ],
    [64, 4, { place: "top" }, 'options.place must be one of "low", "high", not "top".'],
    [
      64,
      4,
      { fit: "fast" },
      'options.fit must be one of "first", "next", "best", "worst" or a function (holes, size) => hole, not "fast".',
    ],
    [
      64,
      4,
      { order: "up" },
      'options.order must be one of "address", "lifo", "fifo", "size-ascending", "size-descending", not "up".',
    ],
    [
      64,
      4,
      { coalesce: "now" },
      'options.coalesce must be one of "immediate", "deferred", "never", not "now".',
    ],
    [64, 4, { growable: 1 }, "options.growable must be true or false, not 1."],
    [
      64,
      4,
      { base: 2 ** 53 - 64 },
      "A heap must end below 2^53, and base 9007199254740928 + heapSize 64 is beyond; lower one.",
    ],
  ])(
    "%d bytes in pages of %d with %j: the rule, the value and the remedy",
    (heapSize, pageSize, options, sentence) => {
      const refusal = expect.objectContaining({ message: sentence });
      expect(() => checkedOptions(heapSize, pageSize, options as never)).toThrow(refusal);
    },
  );

  it("names a fit of one's own for the description", () => {
    const fit = () => null;
    expect(checkedOptions(64, 4, { fit, header: 4 })).toMatchObject({
      fit,
      given: { fit: "custom", header: 4 },
    });
    expect(checkedOptions(64, 4, { fit: "best" })).toMatchObject({ fit: "best", given: { fit: "best" } });
  });

  it("allows a heap up to the last address, and 0 bytes when it may grow", () => {
    expect(new FreeList(32, 4, { base: 2 ** 53 - 33 }).top).toBe(Number.MAX_SAFE_INTEGER);
    expect(new FreeList(0, 4, { growable: true }).capacity).toBe(0);
  });
});

describe("show", () => {
  it("keeps messages short and on one line", () => {
    expect(show("a\nb")).toBe('"a\\nb"');
    expect(show("x".repeat(1000))).toHaveLength(60);
    expect(show(Symbol("s"))).toBe("Symbol(s)");
    expect(show(Object.create(null))).toBe("object");
  });
});
