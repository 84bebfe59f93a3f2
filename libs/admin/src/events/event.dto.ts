import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import type { AuthEvent } from '@app/audit';
import { IsTime } from '../lists/is-time.decorator.js';
import { ListQuery } from '../lists/list-query.dto.js';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TEXT = { type: String, nullable: true } as const;

/** Which events are wanted. */
export class EventFilterQuery {
  @ApiPropertyOptional({ description: 'Events of one user', format: 'uuid' })
  @IsOptional()
  @Matches(ID, { message: 'user_id must be an id' })
  user_id?: string;

  @ApiPropertyOptional({ description: 'Events of one kind', example: 'login_refused' })
  @IsOptional()
  @Matches(/^[a-z_]{1,32}$/, { message: 'kind must be the name of a kind' })
  kind?: string;

  @ApiPropertyOptional({ description: 'Events of one mini-program', example: 'wxsandbox000000001' })
  @IsOptional()
  @Matches(/^\w{1,64}$/, { message: 'appid must be an AppID' })
  appid?: string;

  @ApiPropertyOptional({ description: 'Events from this time on', format: 'date-time' })
  @IsOptional()
  @IsTime()
  from?: string;

  @ApiPropertyOptional({ description: 'Events before this time', format: 'date-time' })
  @IsOptional()
  @IsTime()
  to?: string;
}

/** Query of `GET /api/admin/events`. */
export class EventListQuery extends IntersectionType(EventFilterQuery, ListQuery) {
  @ApiPropertyOptional({ description: '`next_cursor` of the page before' })
  @IsOptional()
  @Matches(ID, { message: 'cursor is not one of this list' })
  cursor?: string;
}

/** A row of the audit log. */
export class EventResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ example: 'login' })
  kind!: string;

  @ApiProperty(TEXT)
  user_id!: string | null;

  @ApiProperty(TEXT)
  session_id!: string | null;

  @ApiProperty(TEXT)
  appid!: string | null;

  @ApiProperty({ ...TEXT, description: 'Masked' })
  ip!: string | null;

  @ApiProperty(TEXT)
  user_agent!: string | null;

  @ApiProperty({ ...TEXT, description: '`client_id` of the service account that did it' })
  actor!: string | null;

  @ApiProperty(TEXT)
  detail!: string | null;

  static of(event: AuthEvent): EventResponse {
    const { id, kind, appid, ip, actor, detail } = event;
    const [user_id, session_id, user_agent] = [event.userId, event.sessionId, event.userAgent];
    const at = new Date(event.at).toISOString();
    return { id, at, kind, user_id, session_id, appid, ip, user_agent, actor, detail };
  }
}

/** Answer of `GET /api/admin/events`. */
export class EventListResponse {
  @ApiProperty({ type: [EventResponse], description: 'The newest first' })
  items!: EventResponse[];

  @ApiPropertyOptional({ description: 'Absent after the last page' })
  next_cursor?: string;
}
