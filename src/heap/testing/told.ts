import { expect } from "vitest";
import type { HeapEvent } from "../event";
import type { FreeList } from "../free-list";

/** What the next operation on a heap tells. */
export function told<Event extends HeapEvent>(heap: FreeList, operation: () => unknown): Event {
  const events: HeapEvent[] = [];
  const end = heap.listen((event) => events.push(event));
  operation();
  end();
  expect(events).toHaveLength(1);
  heap.check();
  return events[0] as Event;
}
