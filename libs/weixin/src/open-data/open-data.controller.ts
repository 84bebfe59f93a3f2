import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ACCESS_TOKEN_PROBLEMS, CurrentUser, type Principal, SessionIdentities } from '@app/auth';
import { RateLimit } from '@app/rate-limit';
import { ApiProblems, BODY_PROBLEMS } from '@app/problem';
import type { OpenData } from '../session-key/open-data.js';
import { SessionKeyVault } from '../session-key/session-key-vault.service.js';
import { OpenDataDto } from './open-data.dto.js';

/** {@link EXAMPLE} as the sandbox encrypts it after a login with the mock code, whose session_key is always the same. */
const MOCK: OpenDataDto = {
  encryptedData:
    'L6vTHSFbeK8rZZ+IJM+gg1MTfgtcdkXDPwu/wGbgEgccABwFYOU/4REL/iAgRrFg8kqXf+w04Tsf3u9wZiLRirqT63I2RmJXBZjaDi6w7Uw/Ek0/jh2gxndkRo1QPbZPj+5DildTE1+hSjYfiEfdyg==',
  iv: 'bW9jayBvcGVuIGRhdGEgMQ==',
};
const EXAMPLE = {
  openGId: 'tGBOsE4AAAAAAAAAAAAAAAAAAAAA',
  watermark: { timestamp: 1477314187, appid: 'wxsandbox000000001' },
};

/** Data that WeChat encrypted for the mini-program: groups, steps, and what older base libraries give of the profile. */
@ApiTags('open data')
@ApiBearerAuth()
@Controller('api/weixin/open-data')
export class OpenDataController {
  constructor(
    private readonly identities: SessionIdentities,
    private readonly vault: SessionKeyVault,
  ) {}

  // Changed blocks are tried by the hundred thousand, until what comes out is JSON by chance.
  @RateLimit('login')
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Decrypt what WeChat encrypted',
    description:
      'Decrypts `encryptedData` with the session_key of the login this request comes from, and checks whose it is. With ' +
      '`rawData` and `signature` it checks that signature too. What is not of the right form is `validation_failed`. What does ' +
      'not open or does not fit is `session_key_stale`: log in again, then ask WeChat for the data again.',
  })
  @ApiBody({ type: OpenDataDto, examples: { 'of the mock login': { value: MOCK } } })
  @ApiOkResponse({
    description: 'The decrypted object as it is.',
    schema: { type: 'object', additionalProperties: true, example: EXAMPLE },
  })
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS, ...BODY_PROBLEMS, 'session_key_stale', 'rate_limited')
  async decrypt(
    @CurrentUser() user: Principal,
    @Body() { encryptedData, iv, rawData, signature }: OpenDataDto,
  ): Promise<OpenData> {
    const identityId = await this.identities.of(user);
    // Side by side, so that it takes no longer to fail at the second than at the first.
    const [data] = await Promise.all([
      this.vault.decryptOpenData(identityId, encryptedData, iv),
      rawData !== undefined && signature !== undefined
        ? this.vault.verifyRawData(identityId, rawData, signature)
        : undefined,
    ]);
    return data;
  }
}
