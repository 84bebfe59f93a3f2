import { ApiProperty } from '@nestjs/swagger';
import { OPERATOR_ROLES, type OperatorRole } from '../operator-role.js';
import type { PendingInvitation } from './invitations.service.js';

/** An invitation that is neither accepted nor expired. */
export class PendingInvitationResponse {
  @ApiProperty({ description: 'Of the person, or of the operator who was reset', example: 'alice' })
  name!: string;

  @ApiProperty({ enum: OPERATOR_ROLES })
  role!: OperatorRole;

  @ApiProperty({ format: 'date-time' })
  expires_at!: string;

  static of({ name, role, expiresAt }: PendingInvitation): PendingInvitationResponse {
    return { name, role, expires_at: new Date(expiresAt).toISOString() };
  }
}

/** Answer of `GET /api/admin/operators/invitations`. */
export class PendingInvitationListResponse {
  @ApiProperty({ type: [PendingInvitationResponse] })
  items!: PendingInvitationResponse[];
}
