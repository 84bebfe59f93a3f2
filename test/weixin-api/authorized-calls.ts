import { AuthorizedApiService } from '../../libs/weixin-api/src/access-token/authorized-api.service.js';
import { Problem } from '../../libs/problem/src/index.js';
import type { useStack } from '../support/stack.js';

/** An API of WeChat that needs the access token. It answers 40029 to an unknown code. */
export const AUTHORIZED_PATH = '/wxa/business/getuserphonenumber';
export const TOKEN_PATH = '/cgi-bin/stable_token';

export const APP = { appid: 'wxsandbox000000001', secret: 'sandbox-secret' };
export const SECOND_APP = { appid: 'wxsandbox000000002', secret: 'sandbox-secret-2' };

/** Calls of {@link AUTHORIZED_PATH} by the running service. */
export function authorizedCalls(stack: ReturnType<typeof useStack>) {
  /** Calls WeChat, and returns the status and the code for the client. */
  const knock = async (app = APP): Promise<[number, string]> => {
    try {
      await stack
        .service(AuthorizedApiService)
        .call(app, { method: 'POST', path: AUTHORIZED_PATH, body: { code: 'none' } });
      return [200, 'success'];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return [error.status, error.code];
    }
  };
  return {
    knock,
    /** How many fetches of a token, and how many calls with one, reached WeChat. */
    calls: async () => ({
      fetches: await stack.exchanges(TOKEN_PATH),
      calls: await stack.exchanges(AUTHORIZED_PATH),
    }),
  };
}

/** The result of a call that reached the endpoint with a valid token. */
export const REACHED: [number, string] = [401, 'login_code_invalid'];
