/** Returns rows of cells as lines of aligned columns. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => widthOf(row[index] ?? ''))));
  const pad = (cell: string, index: number) => cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell));
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}

/** Chinese characters take two columns of a terminal. */
const widthOf = (text: string) => text.replace(/[\u2e80-\u9fff\uff00-\uff60]/g, '  ').length;
