import type { ComponentChildren } from 'preact';

/** A column of a {@link Table}. */
export interface Column<T> {
  head: string;
  cell: (row: T) => ComponentChildren;
  /** `wide`: may take the room that is left; `number`: to the right; `act`: the buttons of the row, without a heading. */
  kind?: 'wide' | 'number' | 'act';
}

interface Props<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
}

/** A table; on a narrow screen a card for each row. The roles stay, although the style changes what is a row. */
export function Table<T>({ label, columns, rows, keyOf }: Props<T>) {
  return (
    <table role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ head, kind }) => (
            <th key={head} role="columnheader" scope="col" class={kind}>
              {kind === 'act' ? <span class="hidden">{head}</span> : head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map(({ head, cell, kind }) => (
              <td key={head} role="cell" class={kind} data-head={head}>
                <div>{cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
