import { readdirSync, readFileSync } from 'node:fs';

/** Linux reports in ticks of 10 ms, whatever its own timer does. */
const TICK_US = 10_000;

/**
 * User and system time a process has used so far, all its threads together, in microseconds; in steps of 10 ms.
 * @param {number} pid
 * @returns {number | null} null where there is no /proc
 */
export function cpuMicroseconds(pid) {
  const stat = statOf(pid);
  return stat === undefined ? null : stat.own * TICK_US;
}

/**
 * The same of all processes of some names together, and of their children that have ended.
 * @param {string[]} names
 * @returns {number | null} null where there are none, or no /proc
 */
export function cpuMicrosecondsOfAll(names) {
  const stats = pids().flatMap((pid) => statOf(pid) ?? []);
  const found = stats.filter(({ name }) => names.includes(name));
  // A child that has ended is in `children` of its parent from the moment it is gone from here.
  const ticks = found.reduce((sum, { own, children }) => sum + own + children, 0);
  return found.length === 0 ? null : ticks * TICK_US;
}

/**
 * Resident memory of a process in MB (10^6 bytes), rounded to 0.1.
 * @param {number} pid
 * @returns {number | null} null where there is no /proc
 */
export function rssMegabytes(pid) {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '') ?? [];
  return kibibytes ? Math.round((Number(kibibytes) * 1024) / 1e5) / 10 : null;
}

/**
 * @param {number} pid
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function statOf(pid) {
  const text = read(`/proc/${pid}/stat`) ?? '';
  // The second field is the name of the program and may itself contain spaces and brackets.
  const [open, close] = [text.indexOf('('), text.lastIndexOf(')')];
  const [utime, stime, cutime, cstime] = text
    .slice(close + 1)
    .split(' ')
    .slice(12)
    .map(Number);
  if (utime === undefined || stime === undefined || cutime === undefined || cstime === undefined)
    return undefined;
  return { name: text.slice(open + 1, close), own: utime + stime, children: cutime + cstime };
}

/** @returns {number[]} */
function pids() {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
