import type { SealedColumn } from '@app/crypto';

/** Names the sealed phone number of a user. In the row of another user it does not unseal. */
export const phoneColumn = (userId: string): SealedColumn => ({
  table: 'user_phones',
  column: 'phone',
  primaryKey: userId,
});
