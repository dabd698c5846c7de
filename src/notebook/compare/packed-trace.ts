import { OPERATION_KINDS } from "../../trace/operation";
import { OperationColumns } from "../../trace/operation-columns";
import { Trace } from "../../trace/trace";

/** A trace as flat arrays, in shared memory where there is any, so that every worker reads the same ones. */
export interface PackedTrace {
  readonly name: string;
  readonly source: string;
  /** As in the trace: its id slots and its most live bytes. */
  readonly slots: number;
  readonly peakLive: number;
  /** Index into `OPERATION_KINDS`, one an operation. */
  readonly kinds: Uint8Array;
  readonly ids: Int32Array;
  /** Bytes asked for; 0 for a free. */
  readonly sizes: Float64Array;
}

/** Copies a trace into shared memory; where there is none, as on a page of most hosts, each worker gets a copy. */
export function packTrace(trace: Trace): PackedTrace {
  const { name, source, length, ids: slots, peakLive } = trace;
  const kinds = new Uint8Array(memory(length));
  const ids = new Int32Array(memory(4 * length));
  const sizes = new Float64Array(memory(8 * length));
  for (let i = 0; i < length; i++) {
    kinds[i] = OPERATION_KINDS.indexOf(trace.kindAt(i));
    ids[i] = trace.idAt(i);
    sizes[i] = trace.sizeAt(i);
  }
  return { name, source, slots, peakLive, kinds, ids, sizes };
}

function memory(bytes: number): SharedArrayBuffer | ArrayBuffer {
  return typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
}

/** The trace that was packed. Its operations, which were checked when it was made, are not copied. */
export function unpackTrace({ name, source, slots, peakLive, kinds, ids, sizes }: PackedTrace): Trace {
  const operations = OperationColumns.over(kinds, ids, sizes);
  return Trace.ofChecked({ name, source }, { operations, length: kinds.length, idSlots: slots, peakLive });
}
