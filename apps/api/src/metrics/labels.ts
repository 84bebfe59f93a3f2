/** The prefix of all metrics of this service. */
export const PREFIX = 'weapp_passport_';

/** Histogram buckets for the times of requests and their parts, in seconds. */
export const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Returns a function that limits the values of a label: each value beyond `maxValues` becomes `other`. Every value of a label
 * uses memory here and in Prometheus until this process ends.
 */
export function bounded(maxValues: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.size < maxValues) known.add(value);
    return known.has(value) ? value : 'other';
  };
}
