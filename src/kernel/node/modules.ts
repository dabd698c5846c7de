import assert = require("assert/build/assert.js");
import buffer = require("buffer/index.js");
import events = require("events/events.js");
import path = require("path-browserify");

import type { NodeConsole } from "./console";
import { nodeCrypto } from "./crypto";
import { type FilePlace, nodeFiles } from "./files";
import type { NodeProcess } from "./process";
import { type AskReader, nodeReadline } from "./readline";
import { clearImmediate, setImmediate, timerPromises } from "./timers";
import { nodeUtil } from "./util";
import { nodeZlib } from "./zlib";

/** What a cell gets for each module of Node that has a twin here, by its name without `node:`. */
export function nodeModules(
  console: NodeConsole,
  process: NodeProcess,
  place: FilePlace,
  ask: AskReader,
): Readonly<Record<string, unknown>> {
  const files = nodeFiles(place);
  return {
    assert,
    "assert/strict": assert.strict,
    buffer,
    console,
    crypto: nodeCrypto,
    events,
    fs: files,
    "fs/promises": files.promises,
    path,
    "path/posix": path,
    perf_hooks: { performance },
    process,
    "readline/promises": nodeReadline(ask),
    timers: { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate },
    "timers/promises": timerPromises,
    util: nodeUtil,
    zlib: nodeZlib,
  };
}
