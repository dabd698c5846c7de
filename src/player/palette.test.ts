import { expect, test } from "vitest";
import { ageHue, colourScale, fullColour, schemeOf, shadeIndex, sizeHue } from "./palette";

test("the original's colours are black for allocated and white for free, in both themes", () => {
  for (const dark of [false, true]) {
    const scheme = schemeOf("original", dark);
    expect(scheme.css[0]).toBe("rgb(255,255,255)");
    expect(fullColour(scheme, 0)).toBe("rgb(0,0,0)");
  }
});

test("shadeIndex keeps empty and full for themselves", () => {
  expect(shadeIndex(0, 0)).toBe(0);
  const partly = [1e-9, 0.1, 0.5, 0.9, 1 - 1e-9].map((part) => shadeIndex(0, part));
  expect(partly).toEqual([...partly].sort((a, b) => a - b));
  expect(partly).not.toContain(0);
  expect(partly).not.toContain(shadeIndex(0, 1));
});

test("every index of a palette has a place of its own on Plotly's scale, from 0 to 1", () => {
  for (const colour of ["original", "block", "age", "size"] as const) {
    const scale = colourScale(schemeOf(colour, true));
    expect(scale[0]![0]).toBe(0);
    expect(scale.at(-1)![0]).toBe(1);
    expect(new Set(scale.map(([place]) => place)).size).toBe(scale.length);
  }
});

test("hues fall with age and size, within the scale", () => {
  const ages = [0, 1, 10, 100, 1000].map((age) => ageHue(age, 1000));
  expect(ages).toEqual([...ages].sort((a, b) => b - a));
  expect(ages[0]).toBe(15);
  expect(ages.at(-1)).toBe(0);
  expect([sizeHue(4, 4, 10), sizeHue(10, 4, 10), sizeHue(4, 4, 4)]).toEqual([15, 0, 15]);
});
