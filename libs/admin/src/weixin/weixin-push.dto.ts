import { ApiProperty } from '@nestjs/swagger';
import type { OpenedPush } from '@app/weixin';

/** Answer of `GET /api/admin/weixin/pushes/{id}`. */
export class WeixinPushResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'wxsandbox000000001' })
  appid!: string;

  @ApiProperty({ description: '`Event`, else `MsgType`', example: 'user_authorization_revoke' })
  event!: string;

  @ApiProperty({ type: String, nullable: true, description: 'null if no user has the openid' })
  user_id!: string | null;

  @ApiProperty({ format: 'date-time' })
  received_at!: string;

  @ApiProperty({ description: 'XML or JSON, as WeChat encrypted it', example: '{"MsgType":"event"}' })
  content!: string;

  static of({ id, appid, event, userId, receivedAt, content }: OpenedPush): WeixinPushResponse {
    return { id, appid, event, user_id: userId, received_at: new Date(receivedAt).toISOString(), content };
  }
}
