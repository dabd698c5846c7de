// The heap.
export type { Block, Extent } from "./heap/block";
export type {
  FreeEvent,
  HeapEvent,
  HeapListener,
  MallocEvent,
  OperationRecorder,
  ReallocEvent,
} from "./heap/event";
export type { Heap, HeapDescription, HeapSnapshot } from "./heap/heap";

// Workloads: what programs ask of a heap.
export {
  type Operation,
  type OperationKind,
  Trace,
  TraceBuilder,
  type TraceOrigin,
} from "./workload/trace/trace";
