import { expect, test } from "vitest";
import { seededRandom } from "../random/seeded-random";
import { EventQueue } from "./event-queue";

test("gives events back in the order of their times", () => {
  const random = seededRandom("queue");
  const queue = new EventQueue<number>();
  const waiting: number[] = [];
  const taken: number[] = [];
  const expected: number[] = [];
  for (let i = 0; i < 5000; i++) {
    if (random.random() < 0.6 || waiting.length === 0) {
      const time = random.randint(0, 1000);
      queue.add(time, time);
      waiting.push(time);
    } else {
      waiting.sort((a, b) => a - b);
      expect(queue.next).toBe(waiting[0]);
      expected.push(waiting.shift()!);
      taken.push(queue.take());
    }
    expect(queue.length).toBe(waiting.length);
  }
  expect(taken).toEqual(expected);
  expect(new EventQueue().next).toBe(Number.POSITIVE_INFINITY);
});
