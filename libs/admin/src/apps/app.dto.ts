import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { AppCount } from '@app/audit';
import type { WeixinApp } from '@app/config';
import { FindingResponse } from '../doctor/doctor.dto.js';

/** Whether WeChat's pushes to a mini-program are taken. Has neither Token nor EncodingAESKey. */
export class AppPushResponse {
  @ApiProperty({ description: 'Whether Token and EncodingAESKey are set' })
  configured!: boolean;

  @ApiProperty({ description: 'Whether each push goes to `WEIXIN_PUSH_FORWARD_URL` too' })
  forwarded!: boolean;
}

/** What a mini-program has used since 0:00 UTC, on all instances. A second old at most. */
export class AppTodayResponse {
  @ApiProperty()
  logins!: number;

  @ApiProperty({ description: 'Refused logins, but not those that a rate limit refused' })
  refusals!: number;

  @ApiProperty({ description: 'Phone numbers bound: WeChat charges for each' })
  phone_numbers!: number;

  /** @param counts of all mini-programs */
  static of(appid: string, counts: readonly AppCount[]): AppTodayResponse {
    const sumOf = (kind: AppCount['kind']) =>
      counts.find((one) => one.appid === appid && one.kind === kind)?.count ?? 0;
    return {
      logins: sumOf('login'),
      refusals: sumOf('login_refused'),
      phone_numbers: sumOf('phone_bound'),
    };
  }
}

/** A mini-program, without its secrets. */
export class AppResponse {
  @ApiProperty({ example: 'wxsandbox000000001' })
  appid!: string;

  @ApiPropertyOptional({ description: 'The name in `WEIXIN_APPS_FILE`' })
  name?: string;

  @ApiProperty({ description: 'Logins per minute at most; 0: no limit' })
  login_per_minute!: number;

  @ApiProperty({ type: AppPushResponse })
  push!: AppPushResponse;

  @ApiProperty({ type: AppTodayResponse })
  today!: AppTodayResponse;

  /** @param common what applies to all mini-programs, and the counts of all of them */
  static of(
    { appid, name, loginPerMinute, push }: WeixinApp,
    common: { loginPerMinute: number; isForwarded: boolean; counts: readonly AppCount[] },
  ): AppResponse {
    const configured = push !== undefined;
    return {
      appid,
      ...(name !== undefined && { name }),
      login_per_minute: loginPerMinute ?? common.loginPerMinute,
      push: { configured, forwarded: configured && common.isForwarded },
      today: AppTodayResponse.of(appid, common.counts),
    };
  }
}

/** Answer of `GET /api/admin/apps`. */
export class AppListResponse {
  @ApiProperty({ type: [AppResponse] })
  items!: AppResponse[];
}

/** Answer of `POST /api/admin/apps/{appid}/test-push`. */
export class PushTestResponse {
  @ApiProperty({ description: 'Whether a signed request as the WeChat console sends it was accepted' })
  ok!: boolean;

  @ApiPropertyOptional({ type: FindingResponse })
  problem?: FindingResponse;
}
