import type { ColumnOptions } from 'typeorm';

/** A column of epoch milliseconds. The drivers of the larger databases give a bigint as text; this gives a number. */
export const epochMs = {
  type: 'bigint',
  transformer: {
    to: (value: number | null) => value,
    from: (value: string | number | null) => (value === null ? null : Number(value)),
  },
} as const satisfies ColumnOptions;
