/** Which line of a source each line of what was made of it came from; both counted from 0. */
export type SourceLines = readonly (number | undefined)[];

/** Reads the lines out of a source map: for each line made, the source line of its first segment. An empty text is an empty map. */
export function sourceLines(map: string): SourceLines {
  if (map === "") return [];
  const { mappings } = JSON.parse(map) as { mappings: string };
  let sourceLine = 0;
  return mappings.split(";").map((line) => {
    let first: number | undefined;
    for (const segment of line.split(",")) {
      const [, , lines] = numbersOf(segment);
      if (lines === undefined) continue;
      sourceLine += lines;
      first ??= sourceLine;
    }
    return first;
  });
}

/** What came from what, by way of something in between. */
export function throughBoth(later: SourceLines, earlier: SourceLines): SourceLines {
  return later.map((line) => (line === undefined ? undefined : earlier[line]));
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The numbers of a segment: base 64, five bits a digit, the lowest first; the lowest bit of a number is its sign. */
function numbersOf(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = DIGITS.indexOf(character);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}
