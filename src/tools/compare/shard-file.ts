import { closeSync, openSync, readSync } from "node:fs";
import { Obstacle } from "../step";

/** Bytes of a shard's file at most: what 30,000 cells take. Parsing takes up to 54 times as much memory as a text has bytes. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * What stands in a file that `--shard` wrote, not yet checked.
 * @throws {Obstacle} when it cannot be read, is larger than any shard, or is no JSON
 */
export function readShardFile(path: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text);
  } catch {
    throw new Obstacle(`${path} is no shard of a comparison, or a damaged one; run that shard again.`);
  }
}

/** Reads no more than what is allowed, whatever the path leads to. */
function readText(path: string): string {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    const descriptor = openSync(path, "r");
    try {
      for (;;) {
        const piece = Buffer.allocUnsafe(2 ** 16);
        const length = readSync(descriptor, piece, 0, piece.length, null);
        if (length === 0) return Buffer.concat(pieces).toString("utf8");
        pieces.push(piece.subarray(0, length));
        bytes += length;
        if (bytes > MOST_BYTES) break;
      }
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT") throw new Obstacle(`${JSON.stringify(path)} cannot be read: ${message}.`);
    throw new Obstacle(`There is no file ${JSON.stringify(path)} to merge; run that shard.`);
  }
  throw new Obstacle(
    `${path} is no shard of a comparison: it has more than ${MOST_BYTES / 2 ** 20} MiB, and no shard has.`,
  );
}
