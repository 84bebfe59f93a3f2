/** @typedef {{ x: number, y: number }} Point */

/**
 * The straight line through points by least squares.
 * @typedef {object} Fit
 * @property {number} first its y at the least x
 * @property {number} last its y at the greatest x
 * @property {number} slope
 * @property {number} error the standard error of the slope
 */

/**
 * @param {Point[]} points at least three, of different x
 * @returns {Fit | null} null when there are fewer
 */
export function fitLine(points) {
  const count = points.length;
  const [meanX, meanY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const spread = sum(points.map(({ x }) => (x - meanX) ** 2));
  if (count < 3 || spread === 0) return null;
  const slope = sum(points.map(({ x, y }) => (x - meanX) * (y - meanY))) / spread;
  /** @param {number} x */
  const at = (x) => meanY + slope * (x - meanX);
  const residuals = sum(points.map(({ x, y }) => (y - at(x)) ** 2));
  const xs = points.map(({ x }) => x);
  return {
    first: at(Math.min(...xs)),
    last: at(Math.max(...xs)),
    slope,
    error: Math.sqrt(residuals / (count - 2) / spread),
  };
}

/** @param {number[]} values */
function mean(values) {
  return sum(values) / values.length;
}

/** @param {number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
