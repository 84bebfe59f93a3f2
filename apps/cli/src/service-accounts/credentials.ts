import type { ClientCredentials } from '@app/admin';
import type { Output } from '../program/command-spec.js';

/** The members of the JSON of the commands that make a secret. */
export const CREDENTIALS_MEMBERS = {
  client_id: { en: 'client_id', zh: 'client_id' },
  client_secret: {
    en: 'client_secret (shown only now)',
    zh: 'client_secret（仅显示这一次）',
  },
};

/** Returns new credentials as a command prints them. */
export const printed = ({ clientId, clientSecret }: ClientCredentials): Output => ({
  json: { client_id: clientId, client_secret: clientSecret },
});
