import type { ComponentChildren } from "preact";

/** A table. The first column names its row; columns of `numbers` are aligned to the right. */
export function Table(props: {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
  /** The columns, from 0, that hold numbers. */
  readonly numbers?: readonly number[];
}) {
  const { caption, head, rows, numbers = [] } = props;
  const kind = (column: number) => (numbers.includes(column) ? "fl-number" : undefined);
  return (
    <div class="fl-table-frame">
      <table class="fl-table">
        <caption class="fl-sound">{caption}</caption>
        <thead>
          <tr>
            {head.map((name, column) => (
              <th key={name} scope="col" class={kind(column)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells], row) => (
            <tr key={row}>
              <th scope="row">{name}</th>
              {cells.map((cell, column) => (
                <td key={column} class={kind(column + 1)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
