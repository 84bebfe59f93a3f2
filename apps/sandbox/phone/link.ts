/** The mini-program that is open: the sandbox's first app. */
export const APPID = 'wxsandbox000000001';

/** Where a phone stores the values of a mini-program's user: what precedes each key in the browser's storage. */
export function storagePrefix(phone: string, user: string): string {
  return `phone/${phone}/${APPID}/${encodeURIComponent(user)}/`;
}

/** How a phone's network is: `lossy` loses the answer of every second request, on its way back. */
export type Network = 'online' | 'slow' | 'lossy' | 'off';

/** A JSON Web Token that the mini-program keeps, as the inspector shows it. */
export interface KeptToken {
  /** The first characters and the last. */
  masked: string;
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
}

/** What happened in a phone and never reached the sandbox. */
export interface LocalMessage {
  to: 'service' | 'wechat';
  label: string;
  reason: string;
}

/** From a phone to the workbench. */
export type FromPhone =
  | { type: 'ready' }
  | { type: 'lacks'; what: string }
  | { type: 'tokens'; tokens: KeptToken[] }
  | { type: 'happened'; message: LocalMessage };

/** From the workbench to a phone. */
export type ToPhone =
  | { type: 'network'; network: Network }
  | { type: 'visibility'; visible: boolean }
  | { type: 'pull-down' }
  | { type: 'clock'; aheadMs: number };
