import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import type { InvitationLink } from '../invitations/invitations.service.js';
import { OPERATOR_NAME } from '../operator-name.js';
import { OPERATOR_ROLES, type OperatorRole } from '../operator-role.js';
import type { Operator } from '../tables/operator.entity.js';

const NAME = 'name must have 1 to 27 lower-case letters, digits, dots and hyphens';

/** Body of `POST /api/admin/operators`. */
export class InviteOperatorRequest {
  @ApiProperty({ example: 'alice', pattern: OPERATOR_NAME.source })
  @Matches(OPERATOR_NAME, { message: NAME })
  name!: string;

  @ApiProperty({ enum: OPERATOR_ROLES })
  @IsIn(OPERATOR_ROLES)
  role!: OperatorRole;
}

/** A new invitation. */
export class InvitationLinkResponse {
  @ApiProperty({ description: 'The link is `/#/invitation/<link_token>` of the listener. Shown only now' })
  link_token!: string;

  @ApiProperty({ format: 'date-time' })
  expires_at!: string;

  static of({ token, expiresAt }: InvitationLink): InvitationLinkResponse {
    return { link_token: token, expires_at: new Date(expiresAt).toISOString() };
  }
}

/** A person who signs in to the console. */
export class OperatorResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'alice' })
  name!: string;

  @ApiProperty({ enum: OPERATOR_ROLES })
  role!: OperatorRole;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'To the minute' })
  last_seen_at?: string;

  static of({ id, name, role, createdAt, lastSeenAt }: Operator): OperatorResponse {
    return {
      id,
      name,
      role,
      created_at: new Date(createdAt).toISOString(),
      ...(lastSeenAt !== null && { last_seen_at: new Date(lastSeenAt).toISOString() }),
    };
  }
}

/** Answer of `GET /api/admin/operators`. */
export class OperatorListResponse {
  @ApiProperty({ type: [OperatorResponse] })
  items!: OperatorResponse[];
}
