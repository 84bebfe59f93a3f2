/** Every name of ours begins so. */
export const PREFIX = 'weapp_passport_';

/** For times of requests and of what they wait for, in seconds: from a look into memory to a deadline. */
export const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Lets a label that others choose have so many values and no more; each further one is `other`. Every value of a label costs
 * memory here and in Prometheus, for as long as this process runs.
 */
export function bounded(maxValues: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.size < maxValues) known.add(value);
    return known.has(value) ? value : 'other';
  };
}
