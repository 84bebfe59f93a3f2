import type { Errcode } from '../state/errcodes.js';
import type { SandboxState } from '../state/state.js';
import { refuseCredential } from './credential.js';

/** What a back end says to get an access token. */
export interface ClientCredential {
  appid: string;
  secret: string;
  grant_type: string;
  /** The address it calls from. */
  ip: string;
}

/** Why WeChat gives this back end no access token; undefined where it does. */
export function refuseClient(state: SandboxState, client: ClientCredential): Errcode | undefined {
  const errcode = refuseCredential(state, client.appid, client.secret);
  if (errcode) return errcode;
  if (client.grant_type !== 'client_credential') return 40002;
  const { ipWhitelist } = state.appModes.of(client.appid);
  return ipWhitelist && !ipWhitelist.includes(client.ip) ? 40164 : undefined;
}
