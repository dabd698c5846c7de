import { expect } from "vitest";
import type { HeapEvent } from "../event";
import type { Heap } from "../heap";

/** The event of the next operation on a heap. */
export function eventOf<Event extends HeapEvent>(heap: Heap, operation: () => unknown): Event {
  const events: HeapEvent[] = [];
  const end = heap.listen((event) => events.push(event));
  operation();
  end();
  expect(events).toHaveLength(1);
  heap.check();
  return events[0] as Event;
}
