import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, MaxLength } from 'class-validator';
import { OPERATOR_ROLES, type OperatorRole, scopesOf } from '../operator-role.js';
import { PASSWORD_LENGTH } from '../operator-password.js';
import type { LiveOperatorSession } from './operator-sessions.service.js';

const CODE = { description: 'Six digits of TOTP', example: '123456' };
const MAX_NAME = 64;
const MAX_CODE = 32;

/** Body of `POST /api/admin/session`. */
export class OperatorLoginRequest {
  @ApiProperty({ example: 'alice' })
  @IsString()
  @MaxLength(MAX_NAME)
  name!: string;

  @ApiProperty()
  @IsString()
  @MaxLength(PASSWORD_LENGTH.max)
  password!: string;

  @ApiProperty({ ...CODE, description: 'Six digits of TOTP, or a recovery code' })
  @IsString()
  @MaxLength(MAX_CODE)
  code!: string;
}

/** Body of `POST /api/admin/session/step-up`. */
export class StepUpRequest {
  @ApiProperty(CODE)
  @IsString()
  @MaxLength(MAX_CODE)
  code!: string;
}

/** Body of `PUT /api/admin/session/password`. */
export class ChangePasswordRequest extends StepUpRequest {
  @ApiProperty()
  @IsString()
  @MaxLength(PASSWORD_LENGTH.max)
  password!: string;

  @ApiProperty({ minLength: PASSWORD_LENGTH.min, maxLength: PASSWORD_LENGTH.max })
  @IsString()
  @Length(PASSWORD_LENGTH.min, PASSWORD_LENGTH.max)
  new_password!: string;
}

/** The operator of a session. */
export class SignedInOperator {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'alice' })
  name!: string;

  @ApiProperty({ enum: OPERATOR_ROLES })
  role!: OperatorRole;
}

/** A session of an operator. */
export class OperatorSessionResponse {
  @ApiProperty()
  operator!: SignedInOperator;

  @ApiProperty({ type: [String], description: 'What the role allows', example: ['users:read'] })
  scopes!: string[];

  @ApiProperty({ format: 'date-time', description: 'If no further request comes' })
  expires_at!: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Until when routes that reveal or destroy are open without another code',
  })
  step_up_until?: string;

  static of({ operator, expiresAt, stepUpUntil }: LiveOperatorSession): OperatorSessionResponse {
    return {
      operator,
      scopes: [...scopesOf(operator.role)],
      expires_at: new Date(expiresAt).toISOString(),
      ...(stepUpUntil !== undefined && { step_up_until: new Date(stepUpUntil).toISOString() }),
    };
  }
}
