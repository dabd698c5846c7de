// What of Python's behaviour shows in the output of a Python program: its integers, how it writes a string, how it ends.

/** An exception of Python's that nobody catches: it ends the program with status 1. */
export class PythonError extends Error {
  /** @param message the last line of Python's traceback: "KeyError: 5" */
  constructor(message: string) {
    super(message);
    this.name = "PythonError";
  }
}

/** Bases in which `pythonInt` reads, each with its digits. */
const DIGITS = { 2: "[01]", 8: "[0-7]", 10: "[0-9]", 16: "[0-9a-f]" } as const;

/** The prefix that a literal of a base may have, which is also JavaScript's. */
const PREFIXES = { 2: "0b", 8: "0o", 10: "", 16: "0x" } as const;

/** Python's limit for the digits of a decimal number in text. */
const MOST_DIGITS = 4300;

/**
 * What Python's `int(text, base)` makes of a text of ASCII digits: blanks around it, a sign, the base's prefix and single underscores
 * between digits are allowed.
 * @returns null where Python raises a ValueError
 */
export function pythonInt(text: string, base: 2 | 8 | 10 | 16 = 10): bigint | null {
  const prefix = PREFIXES[base];
  const blanks = String.raw`[\s\x1c-\x1f\x85]*`;
  const digits = `${DIGITS[base]}(?:_?${DIGITS[base]})*`;
  const form = new RegExp(`^${blanks}([+-]?)(?:${prefix && `(?:${prefix}_?)?`}(${digits}))${blanks}$`, "i");
  const match = form.exec(text);
  if (!match) return null;
  const figures = match[2]!.replaceAll("_", "");
  if (base === 10 && figures.length > MOST_DIGITS) return null;
  const value = BigInt(prefix + figures);
  return match[1] === "-" ? -value : value;
}

/** Python's `int(text)`. @throws PythonError a ValueError */
export function pythonIntOrError(text: string): bigint {
  const value = pythonInt(text);
  if (value === null)
    throw new PythonError(`ValueError: invalid literal for int() with base 10: ${pythonRepr(text)}`);
  return value;
}

/** Python's `float(value)`. @throws PythonError an OverflowError beyond the range of doubles */
export function pythonFloat(value: bigint): number {
  const float = Number(value);
  if (!Number.isFinite(float)) throw new PythonError("OverflowError: int too large to convert to float");
  return float;
}

/** Python's `a % b` for b > 0: never negative. */
export function pythonModulo(a: bigint, b: bigint): bigint {
  return ((a % b) + b) % b;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Python's `repr` of a string. */
export function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(/[\\\p{C}\p{Z}'"]/gu, (character) => {
    if (character === " ") return character;
    if (character === "'" || character === '"') return character === quote ? `\\${quote}` : character;
    return ESCAPES[character] ?? escaped(character.codePointAt(0)!);
  });
  return quote + body + quote;
}

function escaped(code: number): string {
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

/** Python's `str` of a truth value. */
export function pythonBool(value: boolean): "True" | "False" {
  return value ? "True" : "False";
}
