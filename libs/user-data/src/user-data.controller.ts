import { Body, Controller, Get, Header, Headers, HttpCode, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { ACCESS_TOKEN_PROBLEMS, CurrentUser, type Principal } from '@app/auth';
import { ApiProblems } from '@app/problem';
import { etagOf } from './if-match.js';
import { UserDocuments } from './user-documents.service.js';

const ETAG = {
  ETag: {
    description: 'Version of the document, for `If-Match`',
    schema: { type: 'string', example: '"1"' },
  },
};
const ITEMS = [{ id: 1, content: '买牛奶', checked: false }];

/** A document of 64 KiB still arrives when the client writes every character as `\u0000`. */
const BODY_LIMIT_BYTES = 6 * 64 * 1024;

/** The user's own document: whatever JSON object the mini-program keeps. */
@ApiTags('data')
@ApiBearerAuth()
@Controller('api/weixin/data')
export class UserDataController {
  constructor(private readonly documents: UserDocuments) {}

  @Get()
  @Header('Content-Type', 'application/json; charset=utf-8')
  @ApiOperation({
    summary: 'Read the document',
    description: 'A new user has `{items: []}` with the ETag `"0"`.',
  })
  @ApiOkResponse({ headers: ETAG, schema: { example: { code: 'Authenticated.', items: ITEMS } } })
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS)
  async read(
    @CurrentUser() user: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { body, version } = await this.documents.read(user.userId);
    void reply.header('ETag', etagOf(version));
    // A hot path: the stored text goes out as it is, without being parsed and written again.
    return body === '{}' ? '{"code":"Authenticated."}' : `{"code":"Authenticated.",${body.slice(1)}`;
  }

  @Post()
  @RouteConfig({ bodyLimitBytes: BODY_LIMIT_BYTES })
  @HttpCode(200)
  @ApiOperation({
    summary: 'Replace the document',
    description:
      'With `If-Match` the document is replaced only if nobody has changed it since you read it; of two writers with the ' +
      'same `If-Match` one gets 412. Send it always: without it the last writer wins and the other one’s items are gone.',
  })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag you read',
    schema: { example: '"0"' },
  })
  @ApiBody({
    description: 'Any JSON object without a member `code`; at most 64 KiB as stored, at most 32 levels deep.',
    schema: { type: 'object', additionalProperties: true, example: { items: ITEMS } },
  })
  @ApiOkResponse({ headers: ETAG, schema: { example: { code: 'post ok' } } })
  @ApiProblems(
    ...ACCESS_TOKEN_PROBLEMS,
    'validation_failed',
    'precondition_failed',
    'payload_too_large',
    'unsupported_media_type',
  )
  async replace(
    @CurrentUser() user: Principal,
    @Body() document: object | undefined,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ code: 'post ok' }> {
    const version = await this.documents.replace(user.userId, document, ifMatch);
    void reply.header('ETag', etagOf(version));
    return { code: 'post ok' };
  }
}
