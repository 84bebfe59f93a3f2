import { KINDS } from './databases.mjs';

/**
 * @param {string} name of the argument
 * @param {string} value
 * @param {number} least
 * @throws {TypeError} naming it
 */
export function wholeNumber(name, value, least) {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new TypeError(`${name} must be a whole number from ${least} on`);
}

/**
 * @param {string} name of the argument
 * @param {string} value
 * @param {{ above: number, most: number }} range
 * @throws {TypeError} naming it
 */
export function number(name, value, { above, most }) {
  const number = Number(value);
  if (number > above && number <= most) return number;
  throw new TypeError(`${name} must be a number above ${above}, at most ${most}`);
}

/**
 * @param {string} value of `--database`
 * @throws {TypeError}
 */
export function databaseKind(value) {
  const known = KINDS.find((kind) => kind === value);
  if (known !== undefined) return known;
  throw new TypeError(`--database must be one of ${KINDS.join(', ')}`);
}
