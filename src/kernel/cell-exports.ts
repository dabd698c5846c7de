/** The variables of the cells: each name that a cell declares at its top level is a property, which later cells read and set. */
export type CellExports = Record<string, unknown>;

/**
 * An object for the variables. The compiler defines imported names as properties that cannot be set; here they can, since a later
 * cell may declare the same name, as in tslab. Setting has a trap of its own: without it each assignment at a cell's top level
 * would take the way of a definition, five times as long.
 */
export function cellExports(): CellExports {
  const variables: CellExports = {};
  return new Proxy(variables, {
    set(_, name: string, value) {
      variables[name] = value;
      return true;
    },
    defineProperty(_, name: string, { get, value }) {
      if (name !== "__esModule") variables[name] = get ? get() : value;
      return true;
    },
  });
}
