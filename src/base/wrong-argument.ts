/**
 * Checks that `options` is an object without options of other names than `allowed`.
 * @throws TypeError or RangeError
 */
export function checkNames(options: object, allowed: readonly string[]): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(`Options must be an object, not ${show(options)}; leave them out for the defaults.`);
  }
  for (const name of Object.keys(options)) {
    if (!allowed.includes(name)) {
      throw new RangeError(`There is no option ${show(name)}; the options are ${allowed.join(", ")}.`);
    }
  }
}

/**
 * The options that `given` has of its own, each read once, in a frozen object: what is checked is what counts, whatever a getter
 * or a caller does later. An option that is undefined is one left out.
 * @throws as `checkNames`
 */
export function ownOptions<Options extends object>(given: Options, allowed: readonly string[]): Options {
  checkNames(given, allowed);
  const own = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.freeze(Object.fromEntries(own)) as Options;
}

/** Checks that `value` is an integer from `least` to `most`, by default 2^53 − 1. */
export function checkNumber(
  name: string,
  value: unknown,
  least: number,
  remedy: string,
  most = Number.MAX_SAFE_INTEGER,
): asserts value is number {
  if (typeof value !== "number")
    throw new TypeError(`${name} must be a number, not ${show(value)}; ${remedy}.`);
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    const end = most === Number.MAX_SAFE_INTEGER ? "2^53 - 1" : most;
    throw new RangeError(`${name} must be an integer from ${least} to ${end}, not ${value}; ${remedy}.`);
  }
}

/** Checks that `value` is one of the words `allowed`; `more` says what else may stand there. */
export function oneOf(name: string, value: unknown, allowed: readonly string[], more = ""): unknown {
  if (typeof value === "string" && allowed.includes(value)) return value;
  const rule = `${name} must be one of ${allowed.map((a) => `"${a}"`).join(", ")}${more && ` ${more}`}`;
  throw new (typeof value === "string" ? RangeError : TypeError)(`${rule}, not ${show(value)}.`);
}

/** A value as it may stand in a message: short, on one line. */
export function show(value: unknown): string {
  const text = typeof value === "string" ? JSON.stringify(value) : textOf(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function textOf(value: unknown): string {
  try {
    return Array.isArray(value) ? `[${value}]` : String(value);
  } catch {
    // An object that will not be made a string.
    return typeof value;
  }
}
