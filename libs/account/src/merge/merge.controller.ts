import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ACCESS_TOKEN_PROBLEMS, CurrentUser, type Principal } from '@app/auth';
import { Client, type ClientInfo } from '@app/audit';
import { RateLimit } from '@app/rate-limit';
import { ApiProblems, BODY_PROBLEMS, LOGIN_CODE_PROBLEMS } from '@app/problem';
import { etagOf } from '@app/user-data';
import { LoginProofs } from '@app/weixin';
import { WeixinAppsService } from '@app/weixin-api';
import { MergeAnswer, MergeDto } from './merge.dto.js';
import { MergeService } from './merge.service.js';

const ETAG = {
  ETag: { description: 'Version of the document', schema: { type: 'string', example: '"1"' } },
};

const EXAMPLE: MergeDto = { keep: 'mine', code: 'the code is a mock one of bob' };

/** Two users who turn out to be one person become one user. */
@ApiTags('account')
@ApiBearerAuth()
@Controller('api/me/merge')
export class MergeController {
  constructor(
    private readonly apps: WeixinAppsService,
    private readonly proofs: LoginProofs,
    private readonly service: MergeService,
  ) {}

  @RateLimit('login')
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Merge another user who is you into yours',
    description:
      'Proof is a unionid that both have, or a fresh code of `wx.login()` as the other user; a token is none. The other ' +
      'user’s identities become yours, their sessions end, and what you lack of phone, nickname and avatar is taken over. ' +
      'It cannot be undone. One user is merged per call: call until the answer is `merge_target_missing`. ' +
      'The other user must have logged in: the example is for the login example “another user”.',
  })
  @ApiBody({ type: MergeDto, examples: { 'another user of the sandbox': { value: EXAMPLE } } })
  @ApiOkResponse({ type: MergeAnswer, headers: ETAG })
  @ApiProblems(
    ...ACCESS_TOKEN_PROBLEMS,
    ...BODY_PROBLEMS,
    'merge_target_missing',
    ...LOGIN_CODE_PROBLEMS,
    'rate_limited',
  )
  async merge(
    @CurrentUser() user: Principal,
    @Body() { keep, code, appid }: MergeDto,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MergeAnswer> {
    const proof =
      code === undefined
        ? undefined
        : await this.proofs.exchange(this.apps.get(appid), { code, appid }, client.ip);
    const { mergedUserId, version } = await this.service.merge(user, keep, proof, client);
    void reply.header('ETag', etagOf(version));
    return { user_id: user.userId, merged_user_id: mergedUserId, version };
  }
}
