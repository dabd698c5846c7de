import { inspect } from "node-inspect-extracted";

/** What has been seen of a promise. Node's `inspect` asks the engine, at once; a browser lets a program only wait. */
type Seen =
  | { readonly state: "pending" }
  | { readonly state: "fulfilled" | "rejected"; readonly value: unknown };

const seen = new WeakMap<Promise<unknown>, Seen>();

/** Most elements of an array that `inspect` shows. */
const MOST = 100;

/** Takes notice of a value that is about to be shown: of the state that it is in if it is a promise, or of those that are elements of it. */
export async function observePromises(value: unknown): Promise<void> {
  const values = Array.isArray(value) ? value.slice(0, MOST) : [value];
  const promises = values.filter((each) => each instanceof Promise);
  if (promises.length === 0) return;
  for (const promise of promises) {
    seen.set(promise, { state: "pending" });
    const see = (state: "fulfilled" | "rejected") => (value: unknown) =>
      void seen.set(promise, { state, value });
    promise.then(see("fulfilled"), see("rejected"));
  }
  // What was settled has answered by then.
  await null;
}

/** Has `inspect` show promises as Node does, where their state was observed; of others it says that it does not know. */
export function showPromises(): void {
  Object.defineProperty(Promise.prototype, inspect.custom, { value: preview, configurable: true });
}

function preview(
  this: Promise<unknown>,
  depth: number,
  options: Parameters<typeof inspect>[1] & object,
): string {
  const { name = "Promise" } = this.constructor ?? {};
  if (depth < 0) return `[${name}]`;
  const kind = name === "Promise" ? name : `${name} [Promise]`;
  const mark = (word: string) => `<${word}>`;
  const observed = seen.get(this) ?? { state: "state unknown" as const };
  if (!("value" in observed)) return `${kind} { ${mark(observed.state)} }`;
  const value = inspect(observed.value, { ...options, depth: depth - 1 });
  const text = observed.state === "rejected" ? `${mark(observed.state)} ${value}` : value;
  return text.includes("\n") ? `${kind} {\n  ${text.replaceAll("\n", "\n  ")}\n}` : `${kind} { ${text} }`;
}
