import { Controller, Get, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Public } from '@app/auth';
import { ApiProblems } from '@app/problem';
import { OriginGuard } from '../sessions/origin.guard.js';
import { OperatorsService } from './operators.service.js';

/** Answer of `GET /api/admin/setup`. */
export class SetupResponse {
  @ApiProperty({ description: 'Whether there is an operator who could sign in' })
  operators!: boolean;
}

/** Reports whether the console has an operator. */
@ApiTags('operators')
@Public()
@UseGuards(OriginGuard)
@Controller('api/admin/setup')
export class SetupController {
  constructor(private readonly operators: OperatorsService) {}

  @Get()
  @ApiOperation({
    summary: 'Whether there is an operator. While there is none, the console shows which command to run',
  })
  @ApiOkResponse({ type: SetupResponse })
  @ApiProblems('origin_not_allowed', 'host_not_allowed', 'database_unavailable')
  async read(): Promise<SetupResponse> {
    return { operators: await this.operators.exist() };
  }
}
