import type { Network } from '../link.js';

/** How one phone is set up. */
export interface PhoneSetup {
  user: string;
  network: Network;
}

/** What the desk remembers from one visit to the next. */
export interface Preferences {
  phones: Record<string, PhoneSetup>;
  secondPhone: boolean;
}

const KEY = 'desk';
const DEFAULTS: Preferences = {
  phones: { '1': { user: 'alice', network: 'online' }, '2': { user: 'alice', network: 'online' } },
  secondPhone: false,
};

/** As it was left. */
export function loadPreferences(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return DEFAULTS;
  }
}

export function savePreferences(preferences: Preferences): void {
  localStorage.setItem(KEY, JSON.stringify(preferences));
}
