import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { CONSENT_KIND } from '@app/config';
import { ConsentRequest } from '@app/weixin';
import type { UserConsent } from '@app/users';

/** Path of `/api/me/consents/{kind}`. */
export class ConsentKindParams {
  @ApiProperty({ description: 'What the person agrees to.', example: 'privacy', maxLength: 32 })
  @Matches(CONSENT_KIND)
  kind!: string;
}

/** Body of `PUT /api/me/consents/{kind}`. */
export class GiveConsentRequest extends OmitType(ConsentRequest, ['kind']) {}

/** A consent that was given. */
export class ConsentResponse {
  @ApiProperty({ example: 'privacy' })
  kind!: string;

  @ApiProperty({ example: '3' })
  version!: string;

  @ApiProperty({ description: 'In a login, or later.', enum: ['login', 'account'] })
  channel!: string;

  @ApiProperty({ description: 'The mini-program in which it was given.', example: 'wxsandbox000000001' })
  appid!: string;

  @ApiProperty({ format: 'date-time' })
  given_at!: string;

  @ApiProperty({
    description: '`null` while it is given.',
    type: String,
    nullable: true,
    format: 'date-time',
  })
  withdrawn_at!: string | null;

  static of({ kind, version, channel, appid, givenAt, withdrawnAt }: UserConsent): ConsentResponse {
    return {
      kind,
      version,
      channel,
      appid,
      given_at: new Date(givenAt).toISOString(),
      withdrawn_at: withdrawnAt === null ? null : new Date(withdrawnAt).toISOString(),
    };
  }
}

/** A consent that a login needs. */
export class RequiredConsentResponse {
  @ApiProperty({ example: 'privacy' })
  kind!: string;

  @ApiProperty({ example: '3' })
  version!: string;
}

/** Answer of `GET /api/me/consents`. */
export class ConsentListResponse {
  @ApiProperty({
    description: 'Every consent that the user gave, the oldest first.',
    type: [ConsentResponse],
  })
  items!: ConsentResponse[];

  @ApiProperty({ description: 'The consents that a login needs now.', type: [RequiredConsentResponse] })
  required!: RequiredConsentResponse[];
}
