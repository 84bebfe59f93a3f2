import { ApiProperty } from '@nestjs/swagger';
import type { Session } from './session.entity.js';

/** A session as its user sees it. */
export class SessionResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'The mini-program of the login', example: 'wxsandbox000000001' })
  appid!: string;

  @ApiProperty({
    description: 'The name of the device from the client, else its User-Agent',
    type: String,
    nullable: true,
    example: 'iPhone 17',
  })
  device!: string | null;

  @ApiProperty({ description: 'Masked', type: String, nullable: true, example: '203.0.113.0' })
  ip!: string | null;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({ description: 'When it was last refreshed', format: 'date-time' })
  last_used_at!: string;

  @ApiProperty({ format: 'date-time' })
  expires_at!: string;

  @ApiProperty({ description: 'Whether it is the session of this request' })
  current!: boolean;

  static of(session: Session, currentId: string): SessionResponse {
    const time = (epochMs: number) => new Date(epochMs).toISOString();
    return {
      id: session.id,
      appid: session.appid,
      device: session.device,
      ip: session.ip,
      created_at: time(session.createdAt),
      last_used_at: time(session.lastUsedAt),
      expires_at: time(session.expiresAt),
      current: session.id === currentId,
    };
  }
}

/** Answer of `GET /api/sessions`. */
export class SessionListResponse {
  @ApiProperty({ type: [SessionResponse], description: 'The last used first' })
  sessions!: SessionResponse[];
}
