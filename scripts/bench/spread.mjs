/**
 * The middle of figures: half of them are not greater, half are not less. Of an even number, the mean of the middle two.
 * @param {unknown[]} figures
 * @returns {number | null} null when one of them is not known, or there are none
 */
export function medianOf(figures) {
  const sorted = numbers(figures)?.toSorted((a, b) => a - b);
  if (!sorted?.length) return null;
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? NaN, sorted[Math.floor(middle)] ?? NaN];
  return round((low + high) / 2);
}

/**
 * One figure over several runs.
 * @param {unknown[]} figures
 * @returns {{ median: number, min: number, max: number } | null} null when one of them is not known, or there are none
 */
export function spreadOf(figures) {
  const median = medianOf(figures);
  if (median === null) return null;
  const known = numbers(figures) ?? [];
  return { median, min: Math.min(...known), max: Math.max(...known) };
}

/**
 * @param {unknown[]} figures
 * @returns {number[] | undefined}
 */
function numbers(figures) {
  const known = figures.filter((figure) => typeof figure === 'number');
  return known.length === figures.length ? known : undefined;
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 100) / 100;
}
