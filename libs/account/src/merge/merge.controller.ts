import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ACCESS_TOKEN_PROBLEMS, CurrentUser, type Principal } from '@app/auth';
import { Client, type ClientInfo } from '@app/audit';
import { RateLimit } from '@app/rate-limit';
import { ApiProblems, BODY_PROBLEMS, LOGIN_CODE_PROBLEMS } from '@app/problem';
import { etagOf } from '@app/user-data';
import { LoginProofsService } from '@app/weixin';
import { WeixinAppsService } from '@app/weixin-api';
import { MergeResponse, MergeRequest } from './merge.dto.js';
import { MergeService } from './merge.service.js';

const ETAG = {
  ETag: { description: 'Version of the document', schema: { type: 'string', example: '"1"' } },
};

const EXAMPLE: MergeRequest = { keep: 'mine', code: 'the code is a mock one of bob' };

/** Merges two users who are one person. */
@ApiTags('account')
@ApiBearerAuth()
@Controller('api/me/merge')
export class MergeController {
  constructor(
    private readonly apps: WeixinAppsService,
    private readonly proofs: LoginProofsService,
    private readonly service: MergeService,
  ) {}

  @RateLimit('login')
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Merge your other user into this one',
    description:
      'The proof is a unionid that both users have, or a fresh code of `wx.login()` as the other user. A token is no proof. The ' +
      'identities of the other user become yours, its sessions end, and you get its phone, nickname and avatar if you have none. ' +
      'It cannot be undone. One user is merged per call: call until the answer is `merge_target_missing`. ' +
      'The other user must have logged in: the example is for the login example “another user”.',
  })
  @ApiBody({ type: MergeRequest, examples: { 'another user of the sandbox': { value: EXAMPLE } } })
  @ApiOkResponse({ type: MergeResponse, headers: ETAG })
  @ApiProblems(
    ...ACCESS_TOKEN_PROBLEMS,
    ...BODY_PROBLEMS,
    'merge_target_missing',
    'deletion_pending',
    ...LOGIN_CODE_PROBLEMS,
    'rate_limited',
  )
  async merge(
    @CurrentUser() user: Principal,
    @Body() { keep, code, appid }: MergeRequest,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MergeResponse> {
    const proof =
      code === undefined
        ? undefined
        : await this.proofs.exchange(this.apps.get(appid), { code, appid }, client.ip);
    const { mergedUserId, version } = await this.service.merge(user, { keep, proof }, client);
    void reply.header('ETag', etagOf(version));
    return { user_id: user.userId, merged_user_id: mergedUserId, version };
  }
}
