/** Made by the first number, since the first one of a program takes 12 ms, and used again and again. */
let format: Intl.NumberFormat | undefined;

/** A number as all texts and tables for people have it: `8,192`; up to two decimals, or those that are asked for. */
export function readable(value: number, decimals = 2): string {
  if (decimals === 2) {
    format ??= new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
    return format.format(value);
  }
  return value.toLocaleString("en-US", { maximumFractionDigits: decimals });
}

/** A text with a capital. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A number with its noun: `1 step`, `1,024 steps`. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${readable(value)} ${value === 1 ? noun : plural}`;
}
