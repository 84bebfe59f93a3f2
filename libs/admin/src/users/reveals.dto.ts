import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** A user in one mini-program. */
export class IdentityResponse {
  @ApiProperty({ example: 'wxsandbox000000001' })
  appid!: string;

  @ApiProperty({ example: 'oSandboxAlice0000000000000001' })
  openid!: string;

  @ApiPropertyOptional({ description: 'If WeChat has sent one' })
  unionid?: string;
}

/** Answer of `GET /api/admin/users/{id}/identities`. */
export class IdentityListResponse {
  @ApiProperty({
    type: [IdentityResponse],
    description: 'In the mini-programs of the account, the oldest first',
  })
  items!: IdentityResponse[];
}

/** Answer of `GET /api/admin/users/{id}/phone`. */
export class PhoneResponse {
  @ApiProperty({
    description: 'E.164; null if none is bound',
    type: String,
    nullable: true,
    example: '+8613812345678',
  })
  phone!: string | null;
}
