/** Draws frames when they are asked for, one at a time, in step with the screen: one that would be late is left out. */
export class Frames {
  readonly #draw: () => Promise<void>;
  #wanted = false;
  #drawing = false;
  #ended = false;

  /** @param draw draws what is to be shown by then */
  constructor(draw: () => Promise<void>) {
    this.#draw = draw;
  }

  /** Whether one is being drawn. */
  get drawing(): boolean {
    return this.#drawing;
  }

  /** Asks for a frame. */
  request(): void {
    this.#wanted = true;
    if (this.#drawing || this.#ended) return;
    requestAnimationFrame(() => {
      if (this.#wanted && !this.#drawing && !this.#ended) void this.now();
    });
  }

  /** Draws a frame at once. */
  async now(): Promise<void> {
    this.#wanted = false;
    this.#drawing = true;
    try {
      await this.#draw();
    } finally {
      this.#drawing = false;
    }
    if (this.#wanted) this.request();
  }

  /** Draws no more. */
  end(): void {
    this.#ended = true;
  }
}
