import { alignText } from "../../compare/text-table";

/** Lines a table up below its ruled head: the first column to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  return alignText(rows, 1);
}
