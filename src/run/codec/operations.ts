import { FREE, MALLOC, REALLOC } from "../../trace/operation";
import { Choices, COALESCE, OperationLog, UNKNOWN } from "../operation-log";
import { ByteReader, ByteWriter } from "./bytes";

/*
 * An operation is a varint whose low two bits are a tag, and for some what follows it:
 *
 *   0  malloc          rest: the request
 *   1  free            rest: how many operations ago its block's address was returned
 *   2  realloc         rest: likewise; then number: the request
 *   3  all others      rest: 0 malloc (number: request), 1 free (number: address), 2 realloc (numbers: address, request),
 *                      3 realloc of null (number: request), 4 coalesce
 *
 * With choices, each malloc and realloc is followed by varint: the holes examined; varint: 0 when no hole was chosen, else the
 * search that found it, and then number: the hole's address.
 */
const OTHER = 3;
const OTHER_MALLOC = 0;
const OTHER_FREE = 1;
const OTHER_REALLOC = 2;
const OTHER_REALLOC_NULL = 3;
const OTHER_COALESCE = 4;

/**
 * The operations as bytes: two to four a step for a usual run. Every result of the log must be known. A block is named by the operation
 * that returned its address only while it is allocated.
 */
export function encodeOperations(log: OperationLog): Uint8Array {
  const out = new ByteWriter();
  const returnedBy = new Map<number, number>();
  for (let i = 0; i < log.length; i++) {
    const kind = log.kinds[i]!;
    const request = log.requests[i]!;
    const target = log.targets[i]!;
    const ago = i - (returnedBy.get(target) ?? i);
    if (kind === MALLOC) writeMalloc(out, request);
    else if (kind === FREE) writeFree(out, target, ago);
    else if (kind === REALLOC) writeRealloc(out, target, request, ago);
    else out.varint(code(OTHER_COALESCE, OTHER));
    if (log.choices && (kind === MALLOC || kind === REALLOC)) writeChoice(out, log.choices, i);
    const result = log.results[i]!;
    // A realloc that was denied leaves its block where it is.
    if (result >= 0 || request === 0) returnedBy.delete(target);
    if ((kind === MALLOC || kind === REALLOC) && result >= 0) returnedBy.set(result, i);
  }
  return out.bytes();
}

/**
 * Reads what `encodeOperations` wrote. The log's answers are not known yet.
 * @param length number of operations
 * @throws RangeError for bytes that are no such operations; its message is a reason, for the caller to put in a sentence.
 */
export function decodeOperations(bytes: Uint8Array, length: number, withChoices: boolean): OperationLog {
  if (length > bytes.length) {
    throw new RangeError(
      `its steps must be at most the ${bytes.length} bytes of its operations, not ${length}`,
    );
  }
  const log = new OperationLog();
  log.grow(Math.max(log.kinds.length, length));
  log.references = new Int32Array(length);
  log.choices = withChoices ? new Choices() : null;
  const input = new ByteReader(bytes);
  for (let i = 0; i < length; i++) readOperation(input, log, i);
  if (!input.done) throw new RangeError(`its operations go on after step ${length}`);
  log.length = length;
  log.results.fill(UNKNOWN);
  return log;
}

function readOperation(input: ByteReader, log: OperationLog, i: number): void {
  const first = input.varint();
  const tag = first % 4;
  const rest = Math.floor(first / 4);
  const kind = tag === OTHER ? otherKind(rest, i) : tag;
  let request = 0;
  let target = Number.NaN;
  if (tag === OTHER) {
    if (rest === OTHER_FREE || rest === OTHER_REALLOC) target = input.number();
    if (kind === MALLOC || kind === REALLOC) request = input.number();
  } else if (tag === MALLOC) {
    request = rest;
  } else {
    log.references![i] = referenceOf(log, i, rest);
    if (tag === REALLOC) request = input.number();
  }
  log.kinds[i] = kind;
  log.requests[i] = request;
  log.targets[i] = target;
  if (log.choices) readChoice(input, log.choices, kind);
}

function referenceOf(log: OperationLog, i: number, ago: number): number {
  const from = i - ago;
  if (ago < 1 || (log.kinds[from] !== MALLOC && log.kinds[from] !== REALLOC)) {
    throw new RangeError(`its step ${i + 1} names a block that no step before it returned`);
  }
  return from + 1;
}

function otherKind(rest: number, i: number): number {
  const kinds = [MALLOC, FREE, REALLOC, REALLOC, COALESCE];
  const kind = kinds[rest];
  if (kind === undefined) throw new RangeError(`its step ${i + 1} is no malloc, free, realloc or coalesce`);
  return kind;
}

/** What an operation begins with. */
function code(rest: number, tag: number): number {
  return 4 * rest + tag;
}

function writeMalloc(out: ByteWriter, request: number): void {
  if (Number.isInteger(request) && request >= 0 && request < 2 ** 50 && !Object.is(request, -0)) {
    out.varint(code(request, MALLOC));
  } else {
    out.varint(code(OTHER_MALLOC, OTHER));
    out.number(request);
  }
}

function writeFree(out: ByteWriter, target: number, ago: number): void {
  if (ago > 0) {
    out.varint(code(ago, FREE));
  } else {
    out.varint(code(OTHER_FREE, OTHER));
    out.number(target);
  }
}

function writeRealloc(out: ByteWriter, target: number, request: number, ago: number): void {
  if (ago > 0) {
    out.varint(code(ago, REALLOC));
  } else if (Number.isNaN(target)) {
    out.varint(code(OTHER_REALLOC_NULL, OTHER));
  } else {
    out.varint(code(OTHER_REALLOC, OTHER));
    out.number(target);
  }
  out.number(request);
}

function writeChoice(out: ByteWriter, choices: Choices, i: number): void {
  const hole = choices.holes[i]!;
  out.varint(choices.examined[i]!);
  if (Number.isNaN(hole)) {
    out.varint(0);
  } else {
    out.varint(choices.searches[i]!);
    out.number(hole);
  }
}

/** A heap has at most 2^30 units, and so at most as many holes. */
const MOST_EXAMINED = 2 ** 30;

function readChoice(input: ByteReader, choices: Choices, kind: number): void {
  if (kind !== MALLOC && kind !== REALLOC) {
    choices.add(Number.NaN, 1, 0);
    return;
  }
  const examined = input.varint();
  const search = input.varint();
  if (search > 2 || examined > MOST_EXAMINED) {
    throw new RangeError(`its operations have no search ${search} of ${examined} holes`);
  }
  choices.add(search === 0 ? Number.NaN : input.number(), Math.max(1, search), examined);
}
