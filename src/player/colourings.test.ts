import { describe, expect, test } from "vitest";
import { COLOURINGS, MIXED_HUE, NO_MEMORY, type Rgb } from "./colourings";
import { MARKS } from "./marks";

const palettes = Object.entries(COLOURINGS).flatMap(([name, { light, dark }]) => [
  [`${name}, light`, light] as const,
  [`${name}, dark`, dark] as const,
]);

describe.each(palettes)("%s", (_, { free, hues, outline, halo }) => {
  test("every block has a contrast of at least 3 to free memory", () => {
    for (const hue of hues) expect(contrast(hue, free), String(hue)).toBeGreaterThanOrEqual(3);
  });

  test("so has the outline, which is like no block, and differs from the line beside it", () => {
    expect(contrast(outline, free)).toBeGreaterThanOrEqual(3);
    expect(contrast(outline, halo)).toBeGreaterThanOrEqual(3);
    for (const hue of hues) expect(difference(outline, hue), String(hue)).toBeGreaterThan(10);
  });
});

test("marks have a contrast of at least 3 to free memory and to the lines beside them, and are told apart", () => {
  for (const theme of ["light", "dark"] as const) {
    const { free, halo } = COLOURINGS.block[theme];
    const colours = Object.values(MARKS).map((style): Rgb => style[theme]);
    for (const [i, colour] of colours.entries()) {
      for (const ground of [free, halo]) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(3);
      for (const other of colours.slice(0, i)) expect(difference(colour, other)).toBeGreaterThan(8);
    }
  }
});

test("the original's colours are black for allocated and white for free, in both themes", () => {
  for (const { free, hues } of [COLOURINGS.original.light, COLOURINGS.original.dark]) {
    expect([free, ...hues]).toEqual([
      [255, 255, 255],
      [0, 0, 0],
    ]);
  }
});

test("the blocks' six colours are told apart by every eye: more than 13, where 2 is just seen", () => {
  for (const { hues } of [COLOURINGS.block.light, COLOURINGS.block.dark]) {
    for (const [name, sight] of Object.entries(SIGHTS)) {
      const seen = hues.slice(0, 6).map((hue) => seenWith(sight, hue));
      for (const [i, one] of seen.entries()) {
        for (const other of seen.slice(0, i)) expect(difference(one, other), name).toBeGreaterThan(13);
      }
    }
  }
});

test("the lines of the hatching are seen, and it is neither free nor allocated memory", () => {
  for (const theme of ["light", "dark"] as const) {
    const { ground, line } = NO_MEMORY[theme];
    expect(contrast(ground, line)).toBeGreaterThan(2.4);
    for (const { [theme]: palette } of Object.values(COLOURINGS)) {
      for (const colour of [palette.free, ...palette.hues]) expect(colour).not.toEqual(ground);
    }
  }
});

test("hues fall with age and size, within the scale", () => {
  const scales = { steps: 1000, leastLog: 4, mostLog: 10, hueOfSite: (step: number) => step % 3 };
  const facts = { made: 1, age: 0, colour: 0, log: 0 };
  const ages = [0, 1, 10, 100, 1000].map((age) => COLOURINGS.age.hue({ ...facts, age }, scales));
  expect(ages).toEqual([...ages].sort((a, b) => b - a));
  expect([ages[0], ages.at(-1)]).toEqual([15, 0]);
  const sizes = [4, 10, 99].map((log) => COLOURINGS.size.hue({ ...facts, log }, scales));
  expect(sizes).toEqual([15, 0, 0]);
  const same = { ...scales, mostLog: 4 };
  expect(COLOURINGS.size.hue({ ...facts, log: 4 }, same)).toBe(15);
  expect(COLOURINGS.label.hue({ ...facts, made: 5 }, scales)).toBe(2);
  expect(COLOURINGS.label.hue({ ...facts, made: -1 }, scales)).toBe(MIXED_HUE);
});

/** Linear light of one channel. */
function linear(channel: number): number {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

/** The contrast ratio of the Web Content Accessibility Guidelines, 1 to 21. */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = ([r, g, b]: Rgb) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

/** The distance in Oklab (Ottosson 2020), times 100. */
function difference(a: Rgb, b: Rgb): number {
  const [x, y] = [oklab(a.map(linear)), oklab(b.map(linear))];
  return 100 * Math.hypot(...x.map((value, i) => value - y[i]!));
}

function oklab(light: readonly number[]): number[] {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    light,
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones.map(Math.cbrt),
  );
}

/** What eyes without one kind of cone see, in linear light (Machado, Oliveira and Fernandes 2009, severity 1). */
const SIGHTS = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seenWith(sight: number[][], colour: Rgb): Rgb {
  const channels = times(sight, colour.map(linear)).map((part) => {
    const within = Math.min(1, Math.max(0, part));
    return 255 * (within <= 0.0031308 ? 12.92 * within : 1.055 * within ** (1 / 2.4) - 0.055);
  });
  return channels as unknown as Rgb;
}

function times(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, each, i) => sum + each * vector[i]!, 0));
}
