import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SigningKeyStoreService } from '@app/auth';
import { ApiProblems, Problem } from '@app/problem';
import { Scopes } from '../guard/scopes.decorator.js';
import { CurrentService, type ServicePrincipal } from '../guard/service-principal.js';
import { SERVICE_TOKEN_PROBLEMS } from '../guard/service-token-problems.js';
import { StepUp } from '../guard/step-up.decorator.js';
import { KeyListResponse, KeyResponse } from './key.dto.js';

/** Lists and rotates the signing keys of access tokens. */
@ApiTags('keys')
@Scopes('keys:write')
@Controller('api/admin/keys')
export class KeysController {
  constructor(private readonly keys: SigningKeyStoreService) {}

  @Get()
  @ApiOperation({ summary: 'List the signing keys and their states' })
  @ApiOkResponse({ type: KeyListResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS)
  async list(): Promise<KeyListResponse> {
    return { items: (await this.keys.list()).map((key) => KeyResponse.of(key)) };
  }

  @StepUp()
  @Post('rotate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make the next key current. No token becomes invalid' })
  @ApiOkResponse({ type: KeyListResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'step_up_required', 'key_rotation_too_early')
  async rotate(@CurrentService() { clientId }: ServicePrincipal): Promise<KeyListResponse> {
    const { done, waitSeconds } = await this.keys.rotate(clientId);
    if (!done) throw new Problem('key_rotation_too_early', { retryAfterSeconds: waitSeconds });
    return this.list();
  }

  @StepUp()
  @Post(':kid/compromised')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Drop the current and the previous key because one of them has leaked: their tokens become invalid',
    description:
      'Clients refresh their access tokens. `kid` is that of one of the two; a repeated call is 404.',
  })
  @ApiOkResponse({ type: KeyListResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'step_up_required', 'signing_key_not_found')
  async compromised(
    @CurrentService() { clientId: actor }: ServicePrincipal,
    @Param('kid') id: string,
  ): Promise<KeyListResponse> {
    if (!(await this.keys.dropCompromised({ id, actor }))) throw new Problem('signing_key_not_found');
    return this.list();
  }
}
