import { Injectable } from '@nestjs/common';
import type { WeixinApp } from '@app/config';
import type { WeixinAnswer } from '../api/weixin-answer.js';
import { WeixinApiService } from '../api/weixin-api.service.js';
import { WeixinRefusal } from '../api/weixin-problems.js';
import type { WeixinRequest } from '../api/weixin-request.js';
import { WeixinAccessTokensService } from './weixin-access-tokens.service.js';

/** Invalid or not latest, malformed, expired. WeChat checks the token first, so the call had no effect. */
const TOKEN_REFUSED = [40001, 40014, 42001];

/** Calls the APIs of WeChat that require the app's access token. */
@Injectable()
export class AuthorizedApiService {
  constructor(
    private readonly tokens: WeixinAccessTokensService,
    private readonly api: WeixinApiService,
  ) {}

  /**
   * Sends one call with the app's access token in the query. If WeChat refuses the token, drops it for all instances, fetches
   * another one and sends the call once more.
   * @throws {Problem} what {@link WeixinApiService.call} throws for this call or for the token's, and `database_unavailable`
   */
  async call(app: WeixinApp, request: WeixinRequest): Promise<WeixinAnswer> {
    const used = await this.tokens.get(app);
    try {
      return await this.callWith(used, app, request);
    } catch (error) {
      if (!(error instanceof WeixinRefusal && TOKEN_REFUSED.includes(error.errcode))) throw error;
      return this.callWith(await this.tokens.get(app, used), app, request);
    }
  }

  private callWith(accessToken: string, app: WeixinApp, request: WeixinRequest): Promise<WeixinAnswer> {
    return this.api.call(app, { ...request, query: { access_token: accessToken, ...request.query } });
  }
}
