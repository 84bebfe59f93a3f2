import { readdirSync, readFileSync } from 'node:fs';
import type { Service } from './service.js';

/**
 * CPU time of all instances and of all processes of the database server, in microseconds, in steps of 10 ms; null if it is
 * unknown: without /proc, or for a server on another machine.
 */
export type Usage = Record<'apiUs' | 'databaseUs', number | null>;

/** Linux reports in ticks of 10 ms, independently of the timer of the kernel. */
const TICK_US = 10_000;
const SERVER_PROGRAMS = { sqlite: [], postgres: ['postgres'], mysql: ['mariadbd', 'mysqld'] };
const THIS_MACHINE = ['127.0.0.1', 'localhost', '[::1]'];

/** Returns the CPU time that a service and its database have used so far. */
export function usageOf({ apis, database: { kind, url } }: Service): Usage {
  const stats = apis.flatMap(({ pid }) => statOf(pid) ?? []);
  const apiUs = stats.length < apis.length ? null : TICK_US * stats.reduce((sum, { own }) => sum + own, 0);
  const isHere = kind !== 'sqlite' && THIS_MACHINE.includes(new URL(url).hostname);
  return { apiUs, databaseUs: isHere ? usageOfPrograms(SERVER_PROGRAMS[kind]) : null };
}

/** Returns the difference between two readings. */
export function usedBetween(before: Usage, after: Usage): Usage {
  const difference = (name: keyof Usage) =>
    before[name] === null || after[name] === null ? null : after[name] - before[name];
  return { apiUs: difference('apiUs'), databaseUs: difference('databaseUs') };
}

/**
 * Returns the resident memory of a process in MB (10^6 bytes), rounded to 0.1; null without /proc.
 * @param time `VmHWM` is the largest since the start
 */
export function rssMegabytes(pid: number, time: 'VmRSS' | 'VmHWM' = 'VmRSS'): number | null {
  const [, kibibytes] = new RegExp(`^${time}:\\s+(\\d+) kB$`, 'm').exec(read(`/proc/${pid}/status`)) ?? [];
  return kibibytes ? Math.round((Number(kibibytes) * 1024) / 1e5) / 10 : null;
}

/** Returns the CPU time of all processes with these names and of their ended children; null if there are none. */
function usageOfPrograms(names: string[]): number | null {
  const pids = process.platform === 'linux' ? readdirSync('/proc').map(Number).filter(Number.isInteger) : [];
  const found = pids.flatMap((pid) => statOf(pid) ?? []).filter(({ name }) => names.includes(name));
  // As soon as a child is removed from /proc, its time is included in `children` of its parent.
  return found.length === 0
    ? null
    : TICK_US * found.reduce((sum, { own, children }) => sum + own + children, 0);
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function statOf(pid: number): { name: string; own: number; children: number } | undefined {
  // The second field is the name of the program and may itself contain spaces and brackets.
  const [, name, fields = ''] = /\((.*)\) (.*)/s.exec(read(`/proc/${pid}/stat`)) ?? [];
  const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.split(' ').slice(11).map(Number);
  return name === undefined ? undefined : { name, own: utime + stime, children: cutime + cstime };
}

/** Returns the text of a file; an empty text if it cannot be read, as for a process that has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
