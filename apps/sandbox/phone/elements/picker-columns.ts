/** One column of a picker: what it offers, and the index of what is chosen. */
export interface Column {
  options: readonly string[];
  chosen: number;
}

/** What a picker of one mode offers, and what it answers. */
export interface Wheels {
  /** @param chosen an index for each column, or none yet. Days depend on the month, and minutes on the hour. */
  columns: (chosen?: readonly number[]) => Column[];
  /** Returns what `bind:change` gets as `value`. */
  value: (columns: readonly Column[]) => unknown;
}

const FIRST_DATE = '1900-01-01';
const LAST_DATE = '2100-12-31';
const FIELDS = ['year', 'month', 'day'];

/** `mode="selector"`: one column. The index that it answers is text, as on a phone. */
export function selectorWheel(options: readonly string[], value: unknown): Wheels {
  return {
    columns: ([chosen = Number(value) || 0] = []) => [{ options, chosen: within(chosen, options) }],
    value: ([column]) => String(column?.chosen ?? 0),
  };
}

/** `mode="multiSelector"`: it answers an index for each column. */
export function multiSelectorWheels(lists: readonly (readonly string[])[], value: unknown): Wheels {
  const before = Array.isArray(value) ? (value as unknown[]).map((index) => Number(index) || 0) : [];
  return {
    columns: (chosen = before) =>
      lists.map((options, at) => ({ options, chosen: within(chosen[at] ?? 0, options) })),
    value: (columns) => columns.map(({ chosen }) => chosen),
  };
}

/** `mode="time"`: `hh:mm`, from `start` to `end`. */
export function timeWheels(value: string, start: string, end: string): Wheels {
  return partWheels(partsOf(value, ':'), partsOf(start || '00:00', ':'), partsOf(end || '23:59', ':'), {
    names: ['时', '分'],
    separator: ':',
    firstOf: () => 0,
    lastOf: (at) => (at === 0 ? 23 : 59),
  });
}

/** `mode="date"`: `YYYY-MM-DD`, or as much of it as `fields` asks for, from `start` to `end`. */
export function dateWheels(value: string, start: string, end: string, fields: string): Wheels {
  const count = FIELDS.indexOf(fields) + 1 || FIELDS.length;
  const parts = [value, start || FIRST_DATE, end || LAST_DATE].map((date) =>
    partsOf(date, '-').slice(0, count),
  );
  const [at = [], from = [], to = []] = parts;
  return partWheels(at, from, to, {
    names: ['年', '月', '日'],
    separator: '-',
    firstOf: () => 1,
    lastOf: (column, [year = 0, month = 1]) =>
      column === 1 ? 12 : new Date(Date.UTC(year, month, 0)).getUTCDate(),
  });
}

interface Units {
  names: readonly string[];
  separator: string;
  firstOf: (column: number) => number;
  lastOf: (column: number, before: readonly number[]) => number;
}

/** Numbers side by side, of which each one is bounded only while those before it are at a bound. */
function partWheels(
  at: number[],
  from: number[],
  to: number[],
  { names, separator, firstOf, lastOf }: Units,
): Wheels {
  const numbersOf = (column: number, before: readonly number[]) => {
    const isAt = (bound: readonly number[]) => before.every((number, index) => number === bound[index]);
    const first = isAt(from) ? (from[column] ?? firstOf(column)) : firstOf(column);
    const last = isAt(to) ? (to[column] ?? lastOf(column, before)) : lastOf(column, before);
    return Array.from({ length: Math.max(1, last - first + 1) }, (_, index) => first + index);
  };
  return {
    columns: (chosen) => {
      const before: number[] = [];
      return from.map((_, column) => {
        const numbers = numbersOf(column, before);
        const known = chosen ? (chosen[column] ?? 0) : numbers.indexOf(at[column] ?? NaN);
        const index = within(known, numbers);
        before.push(numbers[index] ?? 0);
        return { options: numbers.map((number) => `${padded(number)}${names[column] ?? ''}`), chosen: index };
      });
    },
    value: (columns) =>
      columns
        .map(({ options, chosen }) => parseInt(options[chosen] ?? '', 10))
        .map(padded)
        .join(separator),
  };
}

function partsOf(text: string, separator: string): number[] {
  return text.split(separator).map(Number);
}

function padded(number: number): string {
  return String(number).padStart(2, '0');
}

function within(index: number, list: readonly unknown[]): number {
  return Math.min(Math.max(0, index), Math.max(0, list.length - 1));
}
