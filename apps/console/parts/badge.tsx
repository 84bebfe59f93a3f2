import type { User } from '../api/types.js';
import { texts } from '../texts/texts.js';

/** A state in one word; its colour only repeats it. */
export function Badge({ tone, text }: { tone: 'good' | 'warn' | 'bad' | 'quiet'; text: string }) {
  return <span class={`badge ${tone}`}>{text}</span>;
}

const TONES = { active: 'good', disabled: 'bad', leaving: 'warn', merged: 'quiet' } as const;

/** The state of a user. */
export function UserBadge({ state }: Pick<User, 'state'>) {
  return <Badge tone={TONES[state]} text={texts.users.states[state]} />;
}
