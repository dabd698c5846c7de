// Packages that stand for modules of Node and have no declarations of their own. Cells see Node's declarations of these.

declare module "assert/build/assert.js" {
  export const strict: unknown;
}

declare module "events/events.js" {
  export class EventEmitter {
    on(event: string, listener: (...args: unknown[]) => void): this;
    off(event: string, listener: (...args: unknown[]) => void): this;
    emit(event: string, ...args: unknown[]): boolean;
  }
}

declare module "path-browserify" {
  export function resolve(...paths: string[]): string;
}

declare module "util/util.js" {
  const util: Readonly<Record<string, unknown>>;
  export = util;
}
