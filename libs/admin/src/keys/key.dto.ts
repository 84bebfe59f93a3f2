import { ApiProperty } from '@nestjs/swagger';
import type { SigningKey } from '@app/auth';

/** A signing key of access tokens, without its private half. */
export class KeyResponse {
  @ApiProperty({ description: '`kid` in the JWKS' })
  id!: string;

  @ApiProperty({ enum: ['next', 'current', 'previous'] })
  state!: string;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  static of({ id, state, createdAt }: SigningKey): KeyResponse {
    return { id, state, created_at: new Date(createdAt).toISOString() };
  }
}

/** Answer of `GET /api/admin/keys` and `POST /api/admin/keys/rotate`. */
export class KeyListResponse {
  @ApiProperty({ type: [KeyResponse], description: 'The oldest first' })
  items!: KeyResponse[];
}
