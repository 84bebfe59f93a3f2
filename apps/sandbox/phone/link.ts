/** How a phone's network is: `lossy` loses the answer of every second request, on its way back. */
export type Network = 'online' | 'slow' | 'lossy' | 'off';

/** A JSON Web Token that the mini-program keeps, as the inspector shows it. */
export interface KeptToken {
  /** First characters only. */
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

/** From a phone to the desk. */
export type FromPhone =
  { type: 'ready' } | { type: 'tokens'; tokens: KeptToken[] } | { type: 'happened'; message: LocalMessage };

/** From the desk to a phone. */
export type ToPhone =
  { type: 'network'; network: Network } | { type: 'visibility'; visible: boolean } | { type: 'pull-down' };
