import { cpuMicroseconds, cpuMicrosecondsOfAll } from './cpu.mjs';

/**
 * CPU time in microseconds; null where it is not known.
 * @typedef {object} Usage
 * @property {number | null} apiUs of all instances together
 * @property {number | null} databaseUs of the processes of the database server
 */

/**
 * The programs of a database server on this machine.
 * @type {Record<import('./databases.mjs').Kind, string[]>}
 */
const PROGRAMS = { sqlite: [], postgres: ['postgres'], mysql: ['mariadbd', 'mysqld'] };
const HERE = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * What a service and its database have used so far.
 * @param {import('./service.mjs').Service} service
 * @returns {Usage}
 */
export function usageOf({ apis, database: { kind, url } }) {
  const apiUs = apis.map(({ pid }) => cpuMicroseconds(pid)).reduce(sum);
  const isHere = kind !== 'sqlite' && HERE.includes(new URL(url).hostname);
  return { apiUs, databaseUs: isHere ? cpuMicrosecondsOfAll(PROGRAMS[kind]) : null };
}

/**
 * What was used in between.
 * @param {Usage} before
 * @param {Usage} after
 * @returns {Usage}
 */
export function usedBetween(before, after) {
  return {
    apiUs: difference(after.apiUs, before.apiUs),
    databaseUs: difference(after.databaseUs, before.databaseUs),
  };
}

/**
 * @param {number | null} a
 * @param {number | null} b
 */
function sum(a, b) {
  return a === null || b === null ? null : a + b;
}

/**
 * @param {number | null} a
 * @param {number | null} b
 */
function difference(a, b) {
  return sum(a, b === null ? null : -b);
}
