import type { LoginRequest, LoginResponse } from './api-types.js';
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

/** The result of a login. */
export interface LoginResult extends User {
  /** True in exactly one login per user. */
  readonly isNewUser: boolean;
  /** The number of `phoneCode`, masked. */
  readonly phone?: string | undefined;
  /** Why the number of `phoneCode` is not bound: the code of a problem. */
  readonly phoneProblem?: string | undefined;
  /** The deletion of the account that is pending. The login cancels nothing. */
  readonly deletion?: LoginResponse['deletion'];
}

/** The options of a login. */
export interface LoginOptions {
  /** `detail.code` of a getPhoneNumber button: binds the number in the same call. */
  phoneCode?: string;
  /** The consents that the user has just given, as `required` of the problem `consent_required` lists them. */
  consents?: NonNullable<LoginRequest['consents']>;
}

/** Sends a call to a route of the service once. @returns the body of the answer */
export type OwnCall = (call: Call, access?: string) => Promise<unknown>;

/** Gets new tokens by a refresh or a login. */
export interface Renewal {
  /**
   * Returns the next tokens of the session, or of the session that the tutorial's page opened; undefined if there is none.
   * @throws {Problem} `refresh_token_revoked`; other problems of the call, after which the session may still be live
   */
  next: (old: Tokens | undefined) => Promise<Tokens | undefined>;
  /** Logs in. @param throwIfLoggedOut throws if the user has logged out in the meantime */
  login: (
    options: LoginOptions,
    throwIfLoggedOut: () => void,
  ) => Promise<{ tokens: Tokens; result: LoginResult }>;
}

export function createRenewal(
  port: Port,
  storage: Storage,
  call: OwnCall,
  loginCode: () => Promise<string>,
  { deviceKey, appid }: { deviceKey: string; appid: string | undefined },
  log: Log,
): Renewal {
  const login = async ({ phoneCode, consents }: LoginOptions, throwIfLoggedOut: () => void) => {
    throwIfLoggedOut();
    const code = await loginCode();
    throwIfLoggedOut();
    // Members without a value are left out of the JSON.
    const body = {
      code,
      appid: appid || appidOf(port),
      device: deviceOf(port, storage, deviceKey),
      phone_code: phoneCode || undefined,
      consents,
    };
    const answer = Object(await call({ method: 'POST', path: '/api/weixin/login/', body })) as Json;
    const { user_id: id, is_new_user, phone, phone_problem, deletion } = answer;
    const tokens = tokensOf(answer, id);
    const result = { id, isNewUser: is_new_user === true, phone, phoneProblem: phone_problem, deletion };
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

    async login(options, throwIfLoggedOut) {
      log('login');
      try {
        return await login(options, throwIfLoggedOut);
      } catch (error) {
        // If WeChat refuses the code, the client tries once more with a new one.
        if (!isProblem(error, /^login_code_/)) throw error;
        log('login_again', { code: error.code });
        return login(options, throwIfLoggedOut);
      }
    },
  };
}
