import { describe, expect, test } from "vitest";
import { atLeast, atMost, exactly, type ResultFigure, within } from "./classic-result";
import { expectedText, figureText, measuredFigure, measuredText } from "./measured-figure";

const figure = (unit: ResultFigure["unit"], expectation?: ResultFigure["expect"]): ResultFigure => ({
  name: "a",
  at: ["", "", ""],
  ...(unit && { unit }),
  ...(expectation && { expect: expectation }),
});

describe("the texts of a figure", () => {
  test("shares are percentages, their differences points, all else numbers", () => {
    expect(figureText(figure("share"), 0.1234)).toBe("12.3 %");
    expect(figureText(figure("points"), -0.0123)).toBe("−1.2 points");
    expect(figureText(figure("points"), -0.0001)).toBe("0.0 points");
    expect(figureText(figure(undefined), 0.5134)).toBe("0.513");
    expect(figureText(figure(undefined), 1234)).toBe("1,234");
    expect(figureText(figure(undefined), 52.46)).toBe("52.5");
  });
  test("ranges are said in words", () => {
    expect(expectedText(figure("share", atMost(1 / 3)))).toBe("at most 33.3 %");
    expect(expectedText(figure("points", atLeast(0.01)))).toBe("at least +1.0 points");
    expect(expectedText(figure("points", within(0.01, 0)))).toBe("−1.0 to +1.0 points");
    expect(expectedText(figure(undefined, within(0.5, 2)))).toBe("1.500 to 2.500");
    expect(expectedText(figure(undefined, exactly(7)))).toBe("7");
    expect(expectedText(figure(undefined))).toBe("");
  });
  test("a mean has half of its interval beside it, with as many decimals", () => {
    expect(measuredText(measuredFigure(figure("points"), [0.03, 0.04], false))).toBe("+3.5 ± 6.4 points");
    expect(measuredText(measuredFigure(figure(undefined), [36, 36.5], false))).toBe("36.3 ± 3.2");
    expect(measuredText(measuredFigure(figure(undefined), [7], true))).toBe("7");
  });
});

describe("measuredFigure judges by the interval", () => {
  // The interval of 1 and 3 is 2 ± 12.7.
  test.each([
    ["holds", [2, 2], atMost(2)],
    ["fails", [2, 2], atMost(1.9)],
    ["undecided", [1, 3], atMost(2.5)],
    ["holds", [1, 3], atMost(15)],
    ["fails", [1, 3], atLeast(15)],
    ["shown", [1, 3], undefined],
  ] as const)("%s: %j", (outcome, values, range) => {
    expect(measuredFigure(figure(undefined, range), values, false).outcome).toBe(outcome);
  });
});
