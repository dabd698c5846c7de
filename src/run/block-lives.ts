import type { RecordedRun } from "./cursor";
import type { Life } from "./lives";
import type { OperationLog } from "./operation-log";

/** A life of a block, and what its caller had asked for. */
export interface BlockLife extends Life {
  /** Bytes that were asked for; of a block from before the first step, its payload. */
  readonly request: number;
}

/**
 * The lives of one block, from its malloc to its end: one, and another for each realloc that resized or moved it. They are looked up in
 * the operations, so that a block of a long run is told of without the lives of all others.
 * @param id the block: see `LiveBlock.id`
 */
export function blockLives(run: RecordedRun, id: number): BlockLife[] {
  const { log } = run.source;
  const { header } = run.survey(0);
  const all: BlockLife[] = [];
  let life = firstLife(run, id);
  let tenant = id;
  for (let i = Math.max(0, id); i < log.length; i++) {
    if (!names(log, i, tenant, life.address + header)) continue;
    const step = i + 1;
    const { from, columns } = run.survey(step);
    const at = step - from;
    if (columns.births[at] !== id) continue;
    const size = columns.sizes[at]!;
    // A realloc that was denied leaves the block as it is.
    if (size === 0 && log.requests[i]! > 0) continue;
    all.push({ ...life, to: step });
    if (size === 0) return all;
    const address = log.results[i]! - header;
    life = { id, address, size, request: log.requests[i]!, from: step, to: null };
    tenant = step;
  }
  all.push(life);
  return all;
}

function firstLife(run: RecordedRun, id: number): BlockLife {
  const { log } = run.source;
  const { from, start, header, columns } = run.survey(Math.max(0, id));
  if (id < 0) {
    const [address, size] = [start.address[-1 - id]!, start.size[-1 - id]!];
    return { id, address, size, request: size - header, from: 0, to: null };
  }
  const address = log.results[id - 1]! - header;
  return { id, address, size: columns.sizes[id - from]!, request: log.requests[id - 1]!, from: id, to: null };
}

/** Whether operation `i` names the block that operation `tenant` gave, which is live at this payload address. */
function names(log: OperationLog, i: number, tenant: number, address: number): boolean {
  return log.references?.[i] === tenant || log.targets[i] === address;
}
