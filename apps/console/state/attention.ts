import { findSession, session } from './session.js';

/** Without input for so long, the page asks the service for nothing by itself: its own requests would keep the session alive. */
const ATTENDED_MS = 10 * 60_000;
/** The service ends a session without requests after 30 minutes. */
const SESSION_IDLE_MS = 31 * 60_000;
const LOOK_EVERY_MS = 60_000;

let lastInputAt = Date.now();
let isChecked = false;

/** Follows whether somebody sits in front of the page. Shows the sign-in when an unattended session has ended. */
export function watchAttention(): void {
  for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart']) {
    addEventListener(type, noteInput, { passive: true, capture: true });
  }
  setInterval(() => {
    const isOver = Date.now() - lastInputAt > ATTENDED_MS + SESSION_IDLE_MS;
    if (!isOver || isChecked || session.get().is !== 'signed in') return;
    isChecked = true;
    void findSession();
  }, LOOK_EVERY_MS);
}

/** Returns whether somebody may look at the page: only then it renews itself. */
export const isAttended = () =>
  document.visibilityState === 'visible' && Date.now() - lastInputAt < ATTENDED_MS;

function noteInput(): void {
  lastInputAt = Date.now();
  isChecked = false;
}
