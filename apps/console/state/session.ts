import { createStore } from './store.js';
import { ApiProblem } from '../api/api-problem.js';
import { call, whenSessionEnds } from '../api/call.js';
import type { Session } from '../api/types.js';

type State =
  | { is: 'unknown' }
  | { is: 'unreachable'; problem: ApiProblem }
  | { is: 'signed out' }
  | { is: 'signed in'; session: Session };

/** Whether an operator is signed in. */
export const session = createStore<State>({ is: 'unknown' });

/** Asks the service whether the browser has a session. */
export async function findSession(): Promise<void> {
  try {
    signedIn(await call<Session>('GET', '/session'));
  } catch (error) {
    const problem = ApiProblem.from(error);
    if (problem.status !== 401) session.set({ is: 'unreachable', problem });
  }
}

export function signedIn(found: Session): void {
  session.set({ is: 'signed in', session: found });
}

export function signedOut(): void {
  session.set({ is: 'signed out' });
}

whenSessionEnds(signedOut);

/** Returns the session. Only below a page that is shown to a signed-in operator. */
export function useSession(): Session {
  const state = session.use();
  if (state.is !== 'signed in') throw new Error('no operator is signed in');
  return state.session;
}
