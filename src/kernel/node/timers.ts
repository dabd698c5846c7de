/** Node's `setImmediate`: soon, but after what has happened until then was heard. */
export function setImmediate(task: (...args: unknown[]) => void, ...args: unknown[]): unknown {
  return setTimeout(task, 0, ...args);
}

export function clearImmediate(timer: unknown): void {
  clearTimeout(timer as number);
}

/** Node's `timers/promises`. */
export const timerPromises = {
  setTimeout: (milliseconds = 0, value?: unknown) =>
    new Promise((resolve) => setTimeout(resolve, milliseconds, value)),
  setImmediate: (value?: unknown) => new Promise((resolve) => setTimeout(resolve, 0, value)),
};
