/** Events in the order of their times: a binary heap (Williams 1964; Knuth, TAOCP 3, 5.2.3). Of equal times, either may come first. */
export class EventQueue<Event> {
  readonly #times: number[] = [];
  readonly #events: Event[] = [];

  get length(): number {
    return this.#times.length;
  }

  /** The time of the earliest event; infinity when there is none. */
  get next(): number {
    return this.#times[0] ?? Number.POSITIVE_INFINITY;
  }

  add(time: number, event: Event): void {
    let at = this.#times.push(time) - 1;
    this.#events.push(event);
    for (let parent = (at - 1) >> 1; at > 0 && this.#times[parent]! > time; parent = (at - 1) >> 1) {
      this.#move(parent, at);
      at = parent;
    }
    this.#times[at] = time;
    this.#events[at] = event;
  }

  /** Takes out the earliest event. There must be one. */
  take(): Event {
    const earliest = this.#events[0]!;
    const time = this.#times.pop()!;
    const event = this.#events.pop()!;
    const { length } = this.#times;
    if (length === 0) return earliest;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child + 1 < length && this.#times[child + 1]! < this.#times[child]!) child++;
      if (child >= length || this.#times[child]! >= time) break;
      this.#move(child, at);
      at = child;
    }
    this.#times[at] = time;
    this.#events[at] = event;
    return earliest;
  }

  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from]!;
    this.#events[to] = this.#events[from]!;
  }
}
