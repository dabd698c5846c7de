import { AddressBook } from "./address-book";
import type { Line } from "./line";
import type { TraceReader, TraceSink } from "./trace-reader";

/** What the readers of recordings have in common: they name blocks by addresses, and a program may end at any time. */
export abstract class RecordingReader implements TraceReader {
  protected readonly book: AddressBook;
  abstract readonly source: string;
  program = "";
  hopeless = false;
  readonly mayBeCut = true;

  constructor(sink: TraceSink) {
    this.book = new AddressBook(sink);
  }

  get leftOut() {
    return this.book.leftOut;
  }

  abstract read(line: Line): string | null;

  end(): string | null {
    return null;
  }

  /** Gives `reason` as one for which the whole recording is refused, even where bad lines are skipped. */
  protected refuseAll(reason: string): string {
    this.hopeless = true;
    return reason;
  }
}
