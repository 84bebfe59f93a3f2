import type { SealedPlace } from '@app/crypto';

/** Where the phone number of a user lies sealed. Moved to another user it does not open. */
export const phonePlace = (userId: string): SealedPlace => ({
  table: 'user_phones',
  column: 'phone',
  primaryKey: userId,
});
