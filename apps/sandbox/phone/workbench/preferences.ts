import type { Network } from '../link.js';

/** How one phone is set up. */
export interface PhoneSetup {
  user: string;
  network: Network;
}

/** What the workbench remembers from one visit to the next. */
export interface Preferences {
  phones: Record<string, PhoneSetup>;
  secondPhone: boolean;
  /** The last users that were typed in, the newest first. */
  users: string[];
}

const KEY = 'workbench';
const DEFAULTS: Preferences = {
  phones: {},
  users: [],
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

const MAX_USERS = 8;

/** Remembers a user as the newest. */
export function rememberUser(preferences: Preferences, user: string): void {
  preferences.users = [user, ...preferences.users.filter((each) => each !== user)].slice(0, MAX_USERS);
  savePreferences(preferences);
}
