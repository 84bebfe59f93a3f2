import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, MaxLength } from 'class-validator';
import { totpUri } from '../credentials/enrolment.js';
import { PASSWORD_LENGTH } from '../operator-password.js';
import { OPERATOR_ROLES, type OperatorRole } from '../operator-role.js';
import type { OpenInvitation } from './invitations.service.js';

const MAX_TOKEN = 64;
const MAX_CODE = 32;

/** Body of `POST /api/admin/invitations/open`. */
export class OpenInvitationRequest {
  @ApiProperty({ description: 'From the fragment of the link' })
  @IsString()
  @MaxLength(MAX_TOKEN)
  token!: string;
}

/** Body of `POST /api/admin/invitations/accept`. */
export class AcceptInvitationRequest extends OpenInvitationRequest {
  @ApiProperty({ minLength: PASSWORD_LENGTH.min, maxLength: PASSWORD_LENGTH.max })
  @IsString()
  @Length(PASSWORD_LENGTH.min, PASSWORD_LENGTH.max)
  password!: string;

  @ApiProperty({ description: 'Six digits of TOTP, by the secret of the invitation', example: '123456' })
  @IsString()
  @MaxLength(MAX_CODE)
  code!: string;
}

/** What an authenticator app needs. */
export class TotpSecret {
  @ApiProperty({ description: 'Base32' })
  secret!: string;

  @ApiProperty({ description: '`otpauth://…`, for a QR code' })
  uri!: string;
}

/** Answer of `POST /api/admin/invitations/open`. */
export class InvitationResponse {
  @ApiProperty({ example: 'alice' })
  name!: string;

  @ApiProperty({ enum: OPERATOR_ROLES })
  role!: OperatorRole;

  @ApiProperty()
  totp!: TotpSecret;

  @ApiProperty({ type: [String], description: 'Each works once, instead of a code of TOTP, to sign in' })
  recovery_codes!: string[];

  static of({ name, role, enrolment: { secret, recoveryCodes } }: OpenInvitation): InvitationResponse {
    return { name, role, totp: { secret, uri: totpUri(name, secret) }, recovery_codes: [...recoveryCodes] };
  }
}
