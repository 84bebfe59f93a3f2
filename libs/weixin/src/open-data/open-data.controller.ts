import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ACCESS_TOKEN_PROBLEMS, CurrentUser, type Principal, SessionsService } from '@app/auth';
import { RateLimit } from '@app/rate-limit';
import { ApiProblems, BODY_PROBLEMS } from '@app/problem';
import type { OpenData } from '../session-key/open-data.js';
import { SessionKeyVaultService } from '../session-key/session-key-vault.service.js';
import { OpenDataRequest } from './open-data.dto.js';

/** {@link EXAMPLE} as the sandbox encrypts it after a login with the mock code, which always gives the same session_key. */
const MOCK: OpenDataRequest = {
  encryptedData:
    'L6vTHSFbeK8rZZ+IJM+gg1MTfgtcdkXDPwu/wGbgEgccABwFYOU/4REL/iAgRrFg8kqXf+w04Tsf3u9wZiLRirqT63I2RmJXBZjaDi6w7Uw/Ek0/jh2gxndkRo1QPbZPj+5DildTE1+hSjYfiEfdyg==',
  iv: 'bW9jayBvcGVuIGRhdGEgMQ==',
};
const EXAMPLE = {
  openGId: 'tGBOsE4AAAAAAAAAAAAAAAAAAAAA',
  watermark: { timestamp: 1477314187, appid: 'wxsandbox000000001' },
};

/** Decrypts data that WeChat encrypted for the mini-program: groups, steps, the profile of older base libraries. */
@ApiTags('open data')
@ApiBearerAuth()
@Controller('api/weixin/open-data')
export class OpenDataController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly vault: SessionKeyVaultService,
  ) {}

  // Without a limit, an attacker could send changed blocks until one decrypts to JSON by chance.
  @RateLimit('login')
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Decrypt what WeChat encrypted',
    description:
      'Decrypts `encryptedData` with the session_key of the login of this request, and checks its app and user. With `rawData` ' +
      'and `signature` it checks that signature too. A malformed member is `validation_failed`. Data that does not decrypt or ' +
      'match is `session_key_stale`: log in again, then ask WeChat for the data again.',
  })
  @ApiBody({ type: OpenDataRequest, examples: { 'of the mock login': { value: MOCK } } })
  @ApiOkResponse({
    description: 'The decrypted object, unchanged.',
    schema: { type: 'object', additionalProperties: true, example: EXAMPLE },
  })
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS, ...BODY_PROBLEMS, 'session_key_stale', 'rate_limited')
  async decrypt(
    @CurrentUser() user: Principal,
    @Body() { encryptedData, iv, rawData, signature }: OpenDataRequest,
  ): Promise<OpenData> {
    const identityId = await this.sessions.identityIdOf(user);
    // In parallel, so that a failure of the second check takes no longer than one of the first.
    const [data] = await Promise.all([
      this.vault.decryptOpenData(identityId, encryptedData, iv),
      rawData !== undefined && signature !== undefined
        ? this.vault.verifyRawData(identityId, rawData, signature)
        : undefined,
    ]);
    return data;
  }
}
