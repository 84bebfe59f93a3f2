import type { SealedColumn } from '@app/crypto';

/** Names the sealed session_key of an identity. In the row of another identity it does not unseal. */
export const sessionKeyColumn = (identityId: string): SealedColumn => ({
  table: 'weixin_identities',
  column: 'session_key',
  primaryKey: identityId,
});
