import type { LoginDto } from './api-types.js';
import type { Call } from './call.js';
import { appidOf, deviceOf } from './device.js';
import type { User } from './events.js';
import type { Json } from './json.js';
import type { Log } from './log.js';
import type { Port } from './port.js';
import { isProblem } from './problem.js';
import type { Storage } from './storage.js';
import { tokensOf, tutorialToken } from './tokens.js';
import type { Tokens } from './tokens.js';

/** What a login gave. */
export interface LoginResult extends User {
  /** True in exactly one login per user. */
  readonly isNewUser: boolean;
  /** The number of `phoneCode`, masked. */
  readonly phone?: string | undefined;
  /** Why the number of `phoneCode` is not bound: the code of a problem. */
  readonly phoneProblem?: string | undefined;
}

/** What a user wants of a login. */
export interface LoginOptions {
  /** `detail.code` of a getPhoneNumber button: binds the number in the same call. */
  phoneCode?: string;
}

/** Sends a call of the client's own, once. @returns the body of the answer */
export type OwnCall = (call: Call, access?: string) => Promise<unknown>;

/** The ways to new tokens. */
export interface Renewal {
  /**
   * The next tokens of the session, or of the one that the tutorial's page has begun; undefined if there are none.
   * @throws {Problem} `refresh_token_revoked`; what stopped the call, which says nothing about the session
   */
  next: (old: Tokens | undefined) => Promise<Tokens | undefined>;
  /** @param refuse throws if the login is not wanted any more */
  login: (options: LoginOptions, refuse: () => void) => Promise<{ tokens: Tokens; result: LoginResult }>;
}

export function createRenewal(
  port: Port,
  storage: Storage,
  call: OwnCall,
  loginCode: () => Promise<string>,
  { deviceKey, appid }: { deviceKey: string; appid: string | undefined },
  log: Log,
): Renewal {
  const login = async ({ phoneCode }: LoginOptions, refuse: () => void) => {
    refuse();
    const body: LoginDto = { code: await loginCode() };
    refuse();
    const app = appid || appidOf(port);
    if (app) body.appid = app;
    body.device = deviceOf(port, storage, deviceKey);
    if (phoneCode) body.phone_code = phoneCode;
    const answer = Object(await call({ method: 'POST', path: '/api/weixin/login/', body })) as Json;
    const { user_id: id, is_new_user, phone, phone_problem } = answer;
    const tokens = tokensOf(answer, id);
    const result = { id, isNewUser: is_new_user === true, phone, phoneProblem: phone_problem };
    return { tokens, result: result as LoginResult };
  };

  return {
    async next(old) {
      const tutorial = old ? undefined : tutorialToken(storage);
      try {
        if (tutorial) {
          log('adopt');
          const me = await call({ path: '/api/me', method: 'GET' }, tutorial.access);
          const { user_id } = me as { user_id: string };
          return user_id ? Object.assign(tutorial, { userId: user_id }) : undefined;
        }
        if (!old || !old.refresh) return undefined;
        log('refresh');
        const { refresh, userId } = old;
        return tokensOf(
          await call({ method: 'POST', path: '/api/token/refresh/', body: { refresh } }),
          userId,
        );
      } catch (error) {
        if (isProblem(error, /^(refresh_token_(?!revoked)|validation_failed|token_)/)) return undefined;
        throw error;
      }
    },

    async login(options, refuse) {
      log('login');
      try {
        return await login(options, refuse);
      } catch (error) {
        // A code that WeChat refuses costs one more.
        if (!isProblem(error, /^login_code_/)) throw error;
        log('login_again', { code: error.code });
        return login(options, refuse);
      }
    },
  };
}
