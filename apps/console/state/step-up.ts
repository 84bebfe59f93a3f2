import { ApiProblem } from '../api/api-problem.js';
import { call } from '../api/call.js';
import type { Session } from '../api/types.js';
import { session, signedIn } from './session.js';
import { createStore } from './store.js';

/** The operator has closed the dialog instead of typing a code. */
export class StepUpCancelled extends Error {}

/** The dialog that waits for a code, if there is one. */
export const waitingForCode = createStore<{ done: () => void; cancel: () => void } | undefined>(undefined);

// The next person to sign in must not confirm the act of this one.
session.follow((state) => {
  if (state.is !== 'signed in') waitingForCode.get()?.cancel();
});

/**
 * Runs an act. If the service wants a fresh code first, asks for one and runs the act again.
 * @throws {StepUpCancelled}
 */
export async function withStepUp<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'step_up_required') throw error;
    await askForCode();
    return act();
  }
}

function askForCode(): Promise<void> {
  return new Promise((resolve, reject) => {
    const close = () => waitingForCode.set(undefined);
    waitingForCode.set({
      done: () => {
        close();
        resolve();
      },
      cancel: () => {
        close();
        reject(new StepUpCancelled());
      },
    });
  });
}

/** Sends a fresh code. */
export async function stepUp(code: string): Promise<void> {
  signedIn(await call<Session>('POST', '/session/step-up', { code }));
}
