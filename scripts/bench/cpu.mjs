import { readFileSync } from 'node:fs';

/** Linux reports in ticks of 10 ms, whatever its own timer does. */
const TICK_US = 10_000;

/**
 * User and system time a process has used so far, all its threads together, in microseconds; in steps of 10 ms.
 * @param {number} pid
 * @returns {number | null} null where there is no /proc
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function cpuMicroseconds(pid) {
  const text = read(`/proc/${pid}/stat`);
  // The second field is the name of the program and may itself contain spaces and brackets.
  const [, , , , , , , , , , , utime, stime] = text?.slice(text.lastIndexOf(')') + 1).split(' ') ?? [];
  return utime && stime ? (Number(utime) + Number(stime)) * TICK_US : null;
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

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
