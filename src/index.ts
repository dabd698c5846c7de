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
