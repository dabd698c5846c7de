import type { ByteReader, ByteWriter } from "./bytes";

/*
 * Plain data (what JSON can say) as bytes: a tag, and what follows it. Most of a heap's state is long lists of small integers, which
 * take a byte or two each.
 */
const NULL = 0;
const FALSE = 1;
const TRUE = 2;
const NUMBER = 3;
const TEXT = 4;
const INTEGERS = 5;
const ASCENDING = 6;
const LIST = 7;
const OBJECT = 8;
const NEGATIVE = 9;

/** Integers in a list of integers are below this, on either side of 0. */
const SMALL = 2 ** 30;

/** Writes plain data. */
export function writePlain(out: ByteWriter, value: unknown): void {
  if (value === null) out.varint(NULL);
  else if (typeof value === "boolean") out.varint(value ? TRUE : FALSE);
  else if (typeof value === "number") writeNumber(out, value);
  else if (typeof value === "string") {
    out.varint(TEXT);
    writeText(out, value);
  } else if (Array.isArray(value)) writeList(out, value);
  else {
    const entries = Object.entries(value as object);
    out.varint(OBJECT);
    out.varint(entries.length);
    for (const [name, one] of entries) {
      writeText(out, name);
      writePlain(out, one);
    }
  }
}

/** Reads what `writePlain` wrote. @throws RangeError for bytes that are none */
export function readPlain(input: ByteReader): unknown {
  const tag = input.varint();
  if (tag === NULL) return null;
  if (tag === FALSE) return false;
  if (tag === TRUE) return true;
  if (tag === NUMBER) return input.number();
  if (tag === NEGATIVE) return -input.number();
  if (tag === TEXT) return readText(input);
  const length = input.varint();
  if (length > input.left) throw new RangeError(`they have no list of ${length}`);
  if (tag === INTEGERS || tag === ASCENDING) return readIntegers(input, length, tag === ASCENDING);
  if (tag === LIST) return Array.from({ length }, () => readPlain(input));
  if (tag !== OBJECT) throw new RangeError(`they have no data of kind ${tag}`);
  const entries = Array.from({ length }, () => [readText(input), readPlain(input)] as const);
  return Object.fromEntries(entries);
}

function writeNumber(out: ByteWriter, value: number): void {
  const negative = value < 0;
  out.varint(negative ? NEGATIVE : NUMBER);
  out.number(negative ? -value : value);
}

function writeText(out: ByteWriter, value: string): void {
  out.varint(value.length);
  for (let i = 0; i < value.length; i++) out.varint(value.charCodeAt(i));
}

function readText(input: ByteReader): string {
  const length = input.varint();
  if (length > input.left) throw new RangeError(`they have no text of ${length}`);
  let text = "";
  for (let i = 0; i < length; i++) text += String.fromCharCode(input.varint());
  return text;
}

function writeList(out: ByteWriter, list: readonly unknown[]): void {
  let integers = true;
  let ascending = true;
  for (let i = 0; i < list.length && integers; i++) {
    const value = list[i] as number;
    integers = Number.isInteger(value) && Math.abs(value) < SMALL && !Object.is(value, -0);
    ascending &&= value >= (i === 0 ? 0 : (list[i - 1] as number));
  }
  out.varint(integers ? (ascending ? ASCENDING : INTEGERS) : LIST);
  out.varint(list.length);
  let before = 0;
  for (let i = 0; i < list.length; i++) {
    const value = list[i] as number;
    if (!integers) writePlain(out, value);
    else if (ascending) out.varint(value - before);
    // The sign goes last, so that small numbers stay short: 0, −1, 1, −2 … are 0, 1, 2, 3 …
    else out.varint(value < 0 ? -2 * value - 1 : 2 * value);
    before = value;
  }
}

function readIntegers(input: ByteReader, length: number, ascending: boolean): number[] {
  const list = new Array<number>(length);
  let before = 0;
  for (let i = 0; i < length; i++) {
    const code = input.varint();
    if (ascending) before += code;
    else before = code % 2 === 0 ? code / 2 : -(code + 1) / 2;
    list[i] = before;
  }
  return list;
}
