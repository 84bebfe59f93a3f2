import type { SealedPlace } from '@app/crypto';

/** Where the session_key of an identity lies sealed. Moved to another identity it does not open. */
export const sessionKeyPlace = (identityId: string): SealedPlace => ({
  table: 'weixin_identities',
  column: 'session_key',
  primaryKey: identityId,
});
