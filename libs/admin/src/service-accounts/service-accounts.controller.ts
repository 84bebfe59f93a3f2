import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PathId } from '@app/database';
import { ApiProblems, BODY_PROBLEMS, Problem } from '@app/problem';
import { WeixinAppsService } from '@app/weixin-api';
import { Scopes } from '../guard/scopes.decorator.js';
import { CurrentService, type ServicePrincipal } from '../guard/service-principal.js';
import { SERVICE_TOKEN_PROBLEMS } from '../guard/service-token-problems.js';
import { StepUp } from '../guard/step-up.decorator.js';
import {
  ClientCredentialsResponse,
  CreateServiceAccountRequest,
  RotateServiceAccountRequest,
  ServiceAccountListResponse,
  ServiceAccountResponse,
} from './service-account.dto.js';
import { ServiceAccountsService } from './service-accounts.service.js';

/** Manages service accounts, for owners. */
@ApiTags('service accounts')
@Scopes('service_accounts:write')
@Controller('api/admin/service-accounts')
export class ServiceAccountsController {
  constructor(
    private readonly accounts: ServiceAccountsService,
    private readonly apps: WeixinAppsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the service accounts' })
  @ApiOkResponse({ type: ServiceAccountListResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS)
  async list(): Promise<ServiceAccountListResponse> {
    return { items: (await this.accounts.list()).map((account) => ServiceAccountResponse.of(account)) };
  }

  @StepUp()
  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Create a service account. Its secret is shown only now' })
  @ApiOkResponse({ type: ClientCredentialsResponse })
  @ApiProblems(
    ...SERVICE_TOKEN_PROBLEMS,
    ...BODY_PROBLEMS,
    'step_up_required',
    'app_unknown',
    'service_account_name_taken',
  )
  async create(
    @Body() { name, scopes, apps }: CreateServiceAccountRequest,
    @CurrentService() { clientId: actor }: ServicePrincipal,
  ): Promise<ClientCredentialsResponse> {
    // A mistyped appid would make an account that silently sees nothing.
    for (const appid of apps) this.apps.get(appid);
    const account = { name, scopes: [...new Set(scopes)], appids: [...new Set(apps)] };
    const created = await this.accounts.create(account, actor);
    if (!created) throw new Problem('service_account_name_taken');
    return ClientCredentialsResponse.of(created);
  }

  @StepUp()
  @Post(':client_id/rotate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make a new secret. The one before stays valid until the next rotation' })
  @ApiBody({ type: RotateServiceAccountRequest, required: false })
  @ApiOkResponse({ type: ClientCredentialsResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, ...BODY_PROBLEMS, 'step_up_required', 'service_account_not_found')
  async rotate(
    @PathId('service_account_not_found', 'client_id') id: string,
    @CurrentService() { clientId: actor }: ServicePrincipal,
    @Body() { compromised = false }: RotateServiceAccountRequest = {},
  ): Promise<ClientCredentialsResponse> {
    const rotated = await this.accounts.rotate({ id }, compromised, actor);
    if (!rotated) throw new Problem('service_account_not_found');
    return ClientCredentialsResponse.of(rotated);
  }

  @StepUp()
  @Delete(':client_id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Refuse an account and its tokens for good, on every instance within two seconds',
  })
  @ApiNoContentResponse()
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'step_up_required', 'service_account_not_found')
  async revoke(
    @PathId('service_account_not_found', 'client_id') id: string,
    @CurrentService() { clientId: actor }: ServicePrincipal,
  ): Promise<void> {
    if (!(await this.accounts.revoke({ id }, actor))) throw new Problem('service_account_not_found');
  }
}
