import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

/** The ranges of the figures. */
export const RANGES = ['24h', '7d', '30d'] as const;
export type Range = (typeof RANGES)[number];

/** Query of `GET /api/admin/stats`. */
export class StatsQuery {
  @ApiPropertyOptional({
    description: 'The hours of `24h` end with the present one; the days (UTC) of the others with today',
    enum: RANGES,
    default: '24h',
  })
  @IsOptional()
  @IsIn(RANGES, { message: `range must be one of ${RANGES.join(', ')}` })
  range?: Range;
}

/** The users of a mini-program. */
export class AppStats {
  @ApiProperty({ example: 'wxsandbox000000001' })
  appid!: string;

  @ApiProperty({ description: 'How many people have logged in through it' })
  identities!: number;
}

/** The figures of an hour or a day. */
export class StatsPoint {
  @ApiProperty({ description: 'Its beginning', format: 'date-time' })
  at!: string;

  @ApiProperty()
  logins!: number;

  @ApiProperty({ description: 'Logins that created their user' })
  new_users!: number;

  @ApiProperty({ description: 'Refused logins' })
  refusals!: number;
}

/** How often a login was refused for one reason. */
export class RefusalStats {
  @ApiProperty({ description: 'A code of docs/errors.md', example: 'login_code_invalid' })
  code!: string;

  @ApiProperty()
  count!: number;
}

/** The calls of WeChat, as the instance that answers sees them. */
export class WeixinStats {
  @ApiProperty({
    description:
      'The worst of the mini-programs, for logins. `open`: WeChat does not answer, so logins fail immediately',
    enum: ['closed', 'half_open', 'open'],
  })
  circuit!: 'closed' | 'half_open' | 'open';

  @ApiPropertyOptional({
    description: 'Mean time of the last exchanges of a login code; absent before the first',
  })
  exchange_ms?: number;
}

/** Answer of `GET /api/admin/stats`. */
export class StatsResponse {
  @ApiProperty({ type: [AppStats] })
  apps!: AppStats[];

  @ApiProperty({
    description:
      'Events of the audit log in the last hour, by kind. Those without a mini-program are counted for every account',
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { login: 120, login_refused: 3 },
  })
  events_last_hour!: Record<string, number>;

  @ApiProperty({ enum: RANGES })
  range!: Range;

  @ApiProperty({
    description: 'Users with an identity in a mini-program of the account. A minute old at most',
  })
  users!: number;

  @ApiProperty({ description: 'Those who have logged in or refreshed since 0:00 UTC. A minute old at most' })
  active_today!: number;

  @ApiProperty({ type: [StatsPoint], description: 'By hour for `24h`, else by day; the oldest first' })
  series!: StatsPoint[];

  @ApiProperty({ type: [RefusalStats], description: 'Of the range, the most frequent first' })
  refusals!: RefusalStats[];

  @ApiProperty({ description: 'Phone numbers bound in the range: WeChat charges for each' })
  phone_numbers!: number;

  @ApiProperty({ description: 'Users whose deletion is requested' })
  deletions_due!: number;

  @ApiProperty({ type: WeixinStats })
  weixin!: WeixinStats;
}
