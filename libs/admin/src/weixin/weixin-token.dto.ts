import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';

/** Answer of `GET /api/admin/weixin/{appid}/access-token`. */
export class WeixinTokenResponse {
  @ApiProperty({ description: 'WeChat’s stable access_token of the mini-program' })
  access_token!: string;

  @ApiProperty({ description: 'Seconds until another one should be read', example: 6960 })
  expires_in!: number;
}

/** Body of `POST /api/admin/weixin/{appid}/access-token/refused`. */
export class RefusedTokenRequest {
  @ApiProperty({
    description: 'SHA-256 of the access_token that WeChat has refused, hexadecimal',
    example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  })
  @Matches(/^[\da-f]{64}$/i, { message: 'sha256 must be 64 hexadecimal digits' })
  sha256!: string;
}

/** Answer of `POST /api/admin/weixin/{appid}/access-token/refused`. */
export class RefusedTokenResponse {
  @ApiProperty({ description: 'Whether it was the current token. If not, another one is there already' })
  dropped!: boolean;
}
