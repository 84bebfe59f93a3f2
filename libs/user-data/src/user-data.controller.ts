import { Body, Controller, Get, Header, Headers, HttpCode, Post, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { ACCESS_TOKEN_PROBLEMS, CurrentUser, type Principal } from '@app/auth';
import { ApiProblems, BODY_PROBLEMS } from '@app/problem';
import { etagOf, namesVersion } from './entity-tag.js';
import { UserDocumentsService } from './user-documents.service.js';

const ETAG = {
  ETag: {
    description: 'Version of the document, for `If-Match` and `If-None-Match`',
    schema: { type: 'string', example: '"1"' },
  },
};
const ITEMS = [{ id: 1, content: '买牛奶', checked: false }];

/** Enough for a document of 64 KiB in which the client escapes every character as `\u0000`. */
const BODY_LIMIT_BYTES = 6 * 64 * 1024;

/** The user's own document: any JSON object of the mini-program. */
@ApiTags('data')
@ApiBearerAuth()
@Controller('api/weixin/data')
export class UserDataController {
  constructor(private readonly documents: UserDocumentsService) {}

  @Get()
  @Header('Content-Type', 'application/json; charset=utf-8')
  @ApiOperation({
    summary: 'Read the document',
    description:
      'A new user has `{items: []}` with the ETag `"0"`. With `If-None-Match` the document is sent only if it has changed.',
  })
  @ApiHeader({
    name: 'If-None-Match',
    required: false,
    description:
      'The ETag of the document you have. It may be one that a proxy has changed, such as `W/"1"` or `"1-gzip"`.',
  })
  @ApiOkResponse({ headers: ETAG, schema: { example: { code: 'Authenticated.', items: ITEMS } } })
  @ApiResponse({
    status: 304,
    headers: ETAG,
    description: '`If-None-Match` names the present version. No body.',
  })
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS)
  async read(
    @CurrentUser() user: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const { body, version } = await this.documents.read(user.userId);
    void reply.header('ETag', etagOf(version));
    // Not a parameter with `@Headers()`: the validation of one more parameter costs each read.
    const known = reply.request.headers['if-none-match'];
    if (known !== undefined && namesVersion(known, version)) {
      void reply.status(304);
      return undefined;
    }
    // A hot path: the stored text is sent as it is, without being parsed and serialized again.
    return body === '{}' ? '{"code":"Authenticated."}' : `{"code":"Authenticated.",${body.slice(1)}`;
  }

  @Post()
  @RouteConfig({ bodyLimitBytes: BODY_LIMIT_BYTES })
  @HttpCode(200)
  // A proxy that compresses changes the ETag or removes it, and these few bytes would only grow.
  @Header('Cache-Control', 'no-store, no-transform')
  @ApiOperation({
    summary: 'Replace the document',
    description:
      'With `If-Match` the document is replaced only if it has not changed since you read it: of two writers with the ' +
      'same `If-Match` one gets 412. Always send it: without it the last writer overwrites the items of the other one.',
  })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag you read. It may be one that a proxy has changed, such as `W/"0"` or `"0-gzip"`.',
    schema: { example: '"0"' },
  })
  @ApiBody({
    description: 'Any JSON object without a member `code`; at most 64 KiB as stored, at most 32 levels deep.',
    schema: { type: 'object', additionalProperties: true, example: { items: ITEMS } },
  })
  @ApiOkResponse({ headers: ETAG, schema: { example: { code: 'post ok' } } })
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS, ...BODY_PROBLEMS, 'precondition_failed')
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
