import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { Problem } from '@app/problem';
import type { UserKey } from '@app/users';

/** The form of every stored openid and unionid. */
const WEIXIN_ID = /^[\w-]{1,64}$/;

/** Body of `POST /api/admin/users/search`: one of its members. */
export class SearchUsersRequest {
  @ApiPropertyOptional({ description: 'Needs `identities:read`', example: 'oSandboxAlice0000000000000001' })
  @IsOptional()
  @Matches(WEIXIN_ID, { message: 'openid is not one of WeChat' })
  openid?: string;

  @ApiPropertyOptional({ description: 'Needs `identities:read`' })
  @IsOptional()
  @Matches(WEIXIN_ID, { message: 'unionid is not one of WeChat' })
  unionid?: string;

  @ApiPropertyOptional({ description: 'E.164. Needs `phones:read`' })
  @IsOptional()
  @Matches(/^\+[1-9]\d{6,14}$/, { message: 'phone must be E.164, such as +8613812345678' })
  phone?: string;
}

/** @throws {Problem} `validation_failed` for no member and for several */
export function keyOf({ openid, unionid, phone }: SearchUsersRequest): UserKey {
  const keys: UserKey[] = [
    ...(typeof openid === 'string' ? [{ openid }] : []),
    ...(typeof unionid === 'string' ? [{ unionid }] : []),
    ...(typeof phone === 'string' ? [{ phone }] : []),
  ];
  const [key] = keys;
  if (key && keys.length === 1) return key;
  throw new Problem('validation_failed', { members: { errors: ['give one of openid, unionid and phone'] } });
}
