import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Client, type ClientInfo } from '@app/audit';
import { ACCESS_TOKEN_PROBLEMS, CurrentUser, type Principal } from '@app/auth';
import { ApiProblems, BODY_PROBLEMS } from '@app/problem';
import { ConsentKindParams, ConsentListResponse, GiveConsentRequest } from './consents.dto.js';
import { OwnConsentsService } from './own-consents.service.js';

/** The user's own consents. */
@ApiTags('personal data')
@ApiBearerAuth()
@Controller('api/me/consents')
export class ConsentsController {
  constructor(private readonly service: OwnConsentsService) {}

  @Get()
  @ApiOperation({ summary: 'List your consents, and those that a login needs' })
  @ApiOkResponse({ type: ConsentListResponse })
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS)
  list(@CurrentUser() user: Principal): Promise<ConsentListResponse> {
    return this.service.list(user.userId);
  }

  @Put(':kind')
  @ApiOperation({
    summary: 'Give a consent',
    description: 'A consent that is given already is not stored again. The answer is the list after it.',
  })
  @ApiOkResponse({ type: ConsentListResponse })
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS, ...BODY_PROBLEMS)
  async give(
    @CurrentUser() user: Principal,
    @Param() { kind }: ConsentKindParams,
    @Body() { version }: GiveConsentRequest,
    @Client() client: ClientInfo,
  ): Promise<ConsentListResponse> {
    await this.service.give(user, kind, version, client);
    return this.service.list(user.userId);
  }

  @Delete(':kind')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Withdraw a consent',
    description: 'If a login needs this kind, all your sessions end, and the next login asks for it again.',
  })
  @ApiNoContentResponse()
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS, 'validation_failed', 'consent_not_given')
  withdraw(
    @CurrentUser() user: Principal,
    @Param() { kind }: ConsentKindParams,
    @Client() client: ClientInfo,
  ): Promise<void> {
    return this.service.withdraw(user, kind, client);
  }
}
