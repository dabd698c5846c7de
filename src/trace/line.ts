const SPACE = 32;
const TAB = 9;
const CARRIAGE_RETURN = 13;

/** A line of text as bytes, with a cursor that takes tokens off its front. One object is used for all lines of a file. */
export class Line {
  bytes: Uint8Array = new Uint8Array(0);
  /** Where the line starts in `bytes`. */
  start = 0;
  /** One past its last byte; the line break, CR included, is not part of it. */
  end = 0;
  /** The cursor. */
  at = 0;

  /** Makes this the line in `bytes` from `start` up to `end`, the cursor at its front. */
  set(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.start = start;
    this.at = start;
    this.end = end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
  }

  /** Moves over blanks. @returns whether there were any. */
  blanks(): boolean {
    const from = this.at;
    while (this.at < this.end && isBlank(this.bytes[this.at]!)) this.at++;
    return this.at > from;
  }

  /** Whether only blanks are left; moves over them. */
  done(): boolean {
    this.blanks();
    return this.at === this.end;
  }

  /** Takes the byte `code` if it is next. */
  take(code: number): boolean {
    if (this.at >= this.end || this.bytes[this.at] !== code) return false;
    this.at++;
    return true;
  }

  /** Takes `text`, which is ASCII, if it is next. */
  takeText(text: string): boolean {
    const { bytes, at, end } = this;
    if (end - at < text.length) return false;
    for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
    this.at = at + text.length;
    return true;
  }

  /** Takes letters, digits and "_". @returns them; "" when there are none, or more than an identifier of a program has. */
  word(): string {
    const from = this.at;
    while (this.at < this.end && isWord(this.bytes[this.at]!)) this.at++;
    if (this.at - from > 1000) return "";
    let word = "";
    for (let i = from; i < this.at; i++) word += String.fromCharCode(this.bytes[i]!);
    return word;
  }

  /** Takes decimal digits. @returns their value, rounded beyond 2^53; NaN when there are none. */
  decimal(): number {
    const from = this.at;
    let value = 0;
    for (; this.at < this.end; this.at++) {
      const digit = this.bytes[this.at]! - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    return this.at === from ? Number.NaN : value;
  }

  /** Takes hexadecimal digits without a prefix, as a number while that is exact, else as text; NaN when there are none. */
  hexadecimal(): number | string {
    const from = this.at;
    while (this.at < this.end && hexDigit(this.bytes[this.at]!) >= 0) this.at++;
    return hexKey(this.bytes, from, this.at);
  }

  /** What is left of the line, as text. */
  rest(): string {
    return textOf(this.bytes.subarray(this.at, this.end));
  }

  /** The line as one shows it in a message: in quotes, at most 60 characters as they are shown, with nothing unprintable. */
  quote(): string {
    const most = 60;
    let shown = "";
    for (const character of characters(this.bytes, this.start, Math.min(this.end, this.start + most))) {
      const piece = /[ -~]/.test(character)
        ? character
        : `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
      if (shown.length + piece.length > most) return `"${shown}…"`;
      shown += piece;
    }
    return `"${shown}${this.end - this.start > most ? "…" : ""}"`;
  }
}

/** Whether `code` is a space or a tab. */
function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** Whether `code` is a letter, a digit or "_". */
function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
  );
}

/** The value of the hexadecimal digit `code`, either case; −1 when it is none. */
function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  if (code >= 65 && code <= 70) return code - 55;
  return -1;
}

/** The number that `hexKey` stands for; beyond 2^53 something larger than it. */
export function hexNumber(key: number | string): number {
  return typeof key === "number" ? key : Number(`0x${key}`);
}

/**
 * The hexadecimal digits in `bytes` from `start` up to `end` as a number while that is exact (52 bits), else as text
 * without leading zeros: good to compare and to look up. NaN when there are no digits.
 */
export function hexKey(bytes: Uint8Array, start: number, end: number): number | string {
  let from = start;
  while (from < end - 1 && bytes[from] === 48) from++;
  if (end - from > 13) return characters(bytes, from, Math.min(end, from + 64)).toLowerCase();
  if (end === start) return Number.NaN;
  let value = 0;
  for (let i = from; i < end; i++) value = value * 16 + hexDigit(bytes[i]!);
  return value;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text whose UTF-8 form `bytes` are; where they are none, a character a byte. */
function textOf(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    return characters(bytes, 0, bytes.length);
  }
}

/** The bytes from `start` up to `end` as text, a character a byte. */
export function characters(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let i = start; i < end; i += 4096) {
    text += String.fromCharCode(...bytes.subarray(i, Math.min(end, i + 4096)));
  }
  return text;
}
