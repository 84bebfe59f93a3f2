import { ApiProperty, OmitType } from '@nestjs/swagger';
import { type Session, SessionResponse } from '@app/auth';

/** A session as other back ends see it. */
export class UserSessionResponse extends OmitType(SessionResponse, ['current']) {
  static of(session: Session): UserSessionResponse {
    const { id, appid, device, ip, created_at, last_used_at, expires_at } = SessionResponse.of(session, '');
    return { id, appid, device, ip, created_at, last_used_at, expires_at };
  }
}

/** Answer of `GET /api/admin/users/{id}/sessions`. */
export class UserSessionListResponse {
  @ApiProperty({ type: [UserSessionResponse], description: 'The last used first' })
  items!: UserSessionResponse[];
}
