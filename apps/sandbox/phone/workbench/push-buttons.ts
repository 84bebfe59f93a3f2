import { htmlButton } from '../html.js';
import { ask } from './ask.js';
import { texts } from './texts.js';

const words = texts.controls.pushes;

/** What a person does in WeChat, and the event that WeChat pushes then. */
const PUSHES: Readonly<Record<keyof typeof words.buttons, object>> = {
  phone: { revokeInfo: '8' },
  profile: { revokeInfo: '6' },
  account: { event: 'user_authorization_cancellation' },
};

/**
 * The buttons by which a person withdraws in WeChat what the mini-program got.
 * @param note shows what the service answered
 */
export function pushButtons(user: () => string, note: HTMLElement): HTMLElement[] {
  const push = async (event: object) => {
    const { answers } = await ask('POST', '/sandbox/pushes', { user: user(), ...event });
    const [answer] = answers as { status?: number; body?: string; error?: string }[];
    note.textContent =
      answer?.body === 'success' ? words.done(user()) : words.failed(String(answer?.error ?? answer?.status));
  };
  return Object.entries(PUSHES).map(([name, event]) =>
    htmlButton('', words.buttons[name as keyof typeof PUSHES], () => void push(event)),
  );
}
