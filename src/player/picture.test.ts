import { expect, test } from "vitest";
import { pathOf } from "./picture";

test("pathOf outlines cells of one row as a box, and of several as one shape", () => {
  expect(pathOf({ first: 1, end: 3 }, 4)).toBe("M1 0H3V1H1Z");
  expect(pathOf({ first: 2, end: 9 }, 4)).toBe("M2 0H4V2H1V3H0V1H2Z");
  expect(pathOf({ first: 3, end: 5 }, 4)).toBe("M3 0H4V1H3ZM0 1H1V2H0Z");
  expect(pathOf({ first: 0, end: 8 }, 4)).toBe("M0 0H4V1H4V2H0V1H0Z");
});
