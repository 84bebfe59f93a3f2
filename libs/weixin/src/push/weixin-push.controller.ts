import { Controller, Get, HttpCode, Post, Query, Res, UseGuards } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '@app/auth';
import { Problem } from '@app/problem';
import { type VerifiedPush, VerifiedWeixinPush, WeixinPushGuard } from './verify/weixin-push.guard.js';
import { WeixinPushesService } from './weixin-pushes.service.js';

/** WeChat's pushes have a few KiB. */
const BODY_LIMIT_BYTES = 128 * 1024;
const MAX_ECHO_LENGTH = 1024;

/** What WeChat itself calls. Its signature takes the place of a token. */
@Public()
@UseGuards(WeixinPushGuard)
@ApiExcludeController()
@Controller('api/weixin/push/:appid')
export class WeixinPushController {
  constructor(private readonly pushes: WeixinPushesService) {}

  /** Answers the check by which the WeChat console saves the URL. */
  @Get()
  echo(
    @Query('echostr') echostr: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    if (!echostr || echostr.length > MAX_ECHO_LENGTH)
      throw new Problem('validation_failed', { detail: 'echostr is missing or too long' });
    void reply.header('Content-Type', 'text/plain; charset=utf-8');
    return echostr;
  }

  @RouteConfig({ rawBody: true, bodyLimitBytes: BODY_LIMIT_BYTES })
  @Post()
  @HttpCode(200)
  async receive(
    @VerifiedWeixinPush() push: VerifiedPush,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { status, contentType, body } = await this.pushes.receive(push);
    void reply.status(status).header('Content-Type', contentType);
    return body;
  }
}
