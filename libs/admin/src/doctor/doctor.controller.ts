import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Language } from '@app/common';
import { ApiProblems } from '@app/problem';
import { Scopes } from '../guard/scopes.decorator.js';
import { SERVICE_TOKEN_PROBLEMS } from '../guard/service-token-problems.js';
import { DoctorResponse } from './doctor.dto.js';
import { DoctorService } from './doctor.service.js';
import { ReaderLanguage } from './reader-language.decorator.js';

/** Examines the installation, for operators: the findings name its addresses and files. */
@ApiTags('doctor')
@Scopes('installation:read')
@Controller('api/admin/doctor')
export class DoctorController {
  constructor(private readonly doctor: DoctorService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Run the checks of `npm run doctor` on this instance. Changes nothing',
    description:
      'For operators. Calls WeChat for each mini-program, and the service itself at `JWT_ISSUER`: it takes 15 seconds at most. ' +
      'The texts are in Chinese if `Accept-Language` begins with `zh`.',
  })
  @ApiOkResponse({ type: DoctorResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS)
  run(@ReaderLanguage() language: Language): Promise<DoctorResponse> {
    return this.doctor.examine(language);
  }
}
