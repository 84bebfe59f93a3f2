import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ACCESS_TOKEN_PROBLEMS, CurrentUser, type Principal } from '@app/auth';
import { ApiProblems, BODY_PROBLEMS, WEIXIN_CALL_PROBLEMS } from '@app/problem';
import { ChangeProfileRequest, ProfileResponse } from './profile.dto.js';
import { ProfilesService } from './profiles.service.js';

/** The user's own profile. */
@ApiTags('account')
@ApiBearerAuth()
@Controller('api/me')
export class ProfileController {
  constructor(private readonly profiles: ProfilesService) {}

  @Get()
  @ApiOperation({ summary: 'Read your own profile' })
  @ApiOkResponse({ type: ProfileResponse })
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS)
  async read(@CurrentUser() user: Principal): Promise<ProfileResponse> {
    return ProfileResponse.of(await this.profiles.read(user.userId));
  }

  @Put()
  @ApiOperation({
    summary: 'Change your own profile',
    description:
      'An absent member stays as it is; `null` removes it. With `WEIXIN_CONTENT_CHECK=true` WeChat is asked about a nickname ' +
      'first: `nickname_refused` if it does not pass, `session_key_stale` if WeChat wants a new login before (errcode ' +
      '61010). Nothing is changed if WeChat does not answer.',
  })
  @ApiOkResponse({ type: ProfileResponse })
  @ApiProblems(
    ...ACCESS_TOKEN_PROBLEMS,
    ...BODY_PROBLEMS,
    'nickname_refused',
    'session_key_stale',
    ...WEIXIN_CALL_PROBLEMS,
  )
  async change(
    @CurrentUser() user: Principal,
    @Body() { nickname, avatar_url: avatarUrl }: ChangeProfileRequest,
  ): Promise<ProfileResponse> {
    const changed = await this.profiles.change(user, {
      ...(nickname !== undefined && { nickname }),
      ...(avatarUrl !== undefined && { avatarUrl }),
    });
    return ProfileResponse.of(changed);
  }
}
