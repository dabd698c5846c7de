import { OPERATION_KINDS } from "../../trace/operation";
import { type Trace, TraceBuilder } from "../../trace/trace";

/** A trace as flat arrays, in shared memory where there is any, so that every worker reads the same ones. */
export interface PackedTrace {
  readonly name: string;
  readonly source: string;
  /** Index into `OPERATION_KINDS`, one an operation. */
  readonly kinds: Uint8Array;
  readonly ids: Int32Array;
  /** Bytes asked for; 0 for a free. */
  readonly sizes: Float64Array;
}

/** Copies a trace into shared memory; where there is none, as on a page of most hosts, each worker gets a copy. */
export function packTrace(trace: Trace): PackedTrace {
  const { name, source, length } = trace;
  const kinds = new Uint8Array(memory(length));
  const ids = new Int32Array(memory(4 * length));
  const sizes = new Float64Array(memory(8 * length));
  for (let i = 0; i < length; i++) {
    kinds[i] = OPERATION_KINDS.indexOf(trace.kindAt(i));
    ids[i] = trace.idAt(i);
    sizes[i] = trace.sizeAt(i);
  }
  return { name, source, kinds, ids, sizes };
}

function memory(bytes: number): SharedArrayBuffer | ArrayBuffer {
  return typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
}

/** The trace that was packed. */
export function unpackTrace({ name, source, kinds, ids, sizes }: PackedTrace): Trace {
  const builder = new TraceBuilder({ name, source });
  for (let i = 0; i < kinds.length; i++) {
    const kind = OPERATION_KINDS[kinds[i]!]!;
    const id = ids[i]!;
    if (kind === "malloc") builder.malloc(id, sizes[i]!);
    else if (kind === "realloc") builder.realloc(id, sizes[i]!);
    else builder.free(id);
  }
  return builder.build();
}
