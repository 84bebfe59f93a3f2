import { ApiProblem } from '../api/api-problem.js';
import { call } from '../api/call.js';
import type { DoctorReport, Finding } from '../api/types.js';
import { session } from './session.js';
import { createStore } from './store.js';

interface Examination {
  isRunning: boolean;
  /** The last report, and when it came. */
  last?: { report: DoctorReport; at: string };
  /** Why the last run has no report. */
  problem?: ApiProblem | undefined;
}

/** The examination of the installation. It outlives the page of the doctor: that of the mini-programs shows its part. */
export const examination = createStore<Examination>({ isRunning: false });

// What one operator has examined is not for the next one, whose role may not include it.
session.follow((state) => {
  if (state.is === 'signed out') examination.set({ isRunning: false });
});

/** Runs the checks, unless they run already. */
export async function examine(): Promise<void> {
  const before = examination.get();
  if (before.isRunning) return;
  const started: Examination = { ...before, isRunning: true, problem: undefined };
  examination.set(started);
  const outcome = await call<DoctorReport>('POST', '/doctor').then(
    (report) => ({ last: { report, at: new Date().toISOString() } }),
    (error: unknown) => ({ ...before, problem: ApiProblem.from(error) }),
  );
  if (examination.get() === started) examination.set({ ...outcome, isRunning: false });
}

/** Returns what a report has about one mini-program. */
export const findingsAbout = (appid: string, { checks }: DoctorReport): Finding[] =>
  checks.flatMap(({ findings }) => findings).filter(({ about }) => about?.split(/[ ,]/)[0] === appid);
