/** Asks the reader of the notebook for a line of text. */
export type AskReader = (prompt: string) => Promise<string>;

/** Node's `readline/promises`, as far as it asks questions: Jupyter shows a field below the cell. */
export function nodeReadline(ask: AskReader) {
  return {
    createInterface: () => ({ question: ask, close() {} }),
  };
}
