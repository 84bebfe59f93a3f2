import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';

/** The custom claims of a user: body and answer of `/api/admin/users/{id}/claims`. */
export class UserClaims {
  @ApiProperty({
    description: 'At most 2 KiB; `{}` removes them. Reserved names: docs/tokens-and-sessions.md',
    type: 'object',
    additionalProperties: true,
    example: { role: 'editor' },
  })
  @IsObject()
  claims!: Record<string, unknown>;
}
