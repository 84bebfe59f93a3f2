import { measureBursts } from './burst.mjs';
import { measure, prepare } from './load.mjs';
import { USERS } from './population.mjs';
import { readDocument, refresh, verify } from './requests.mjs';

/**
 * @typedef {import('./service.mjs').Api} Api
 * @typedef {import('./population.mjs').Population} Population
 */

const WARM_UP = 1000;
const BURST = { logins: 200, rounds: 5, warmUpRounds: 2, wechatMs: 50 };

/** What is measured, in the order of a full run. Each scenario brings about what it needs, so each can run alone. */
export const SCENARIOS = {
  /**
   * Logins of people never seen before.
   * @param {Api} api
   * @param {Population} population
   * @param {number} count
   */
  'login-new': async (api, population, count) => {
    await prepare(api, population.firstLogins(WARM_UP));
    return measure(api, population.firstLogins(count));
  },

  /**
   * Logins of people who have logged in before.
   * @param {Api} api
   * @param {Population} population
   * @param {number} count
   */
  'login-returning': async (api, population, count) => {
    await prepare(api, await population.returningLogins(WARM_UP));
    return measure(api, await population.returningLogins(count));
  },

  /**
   * Reading the document, each time with an access token that was never used.
   * @param {Api} api
   * @param {Population} population
   * @param {number} count
   */
  'guarded-get-first': async (api, population, count) => {
    const requests = (await population.freshTokens(WARM_UP + count)).map(readDocument);
    await prepare(api, requests.slice(0, WARM_UP));
    return measure(api, requests.slice(WARM_UP));
  },

  /**
   * Reading the document with access tokens used before.
   * @param {Api} api
   * @param {Population} population
   * @param {number} count
   */
  'guarded-get-warm': async (api, population, count) => {
    const tokens = await population.freshTokens(USERS);
    await prepare(api, tokens.map(readDocument));
    const rotation = Array.from({ length: count }, (_, index) => tokens[index % USERS] ?? '');
    return measure(api, rotation.map(readDocument));
  },

  /**
   * Refreshes, each with a token that works for the first time, of as many sessions.
   * @param {Api} api
   * @param {Population} population
   * @param {number} count
   */
  refresh: async (api, population, count) => {
    const requests = (await population.freshSessions(WARM_UP + count)).map((session) =>
      refresh(session.refresh),
    );
    await prepare(api, requests.slice(0, WARM_UP));
    return measure(api, requests.slice(WARM_UP));
  },

  /**
   * Asking whether access tokens are good, as a back end does that has no JWKS: each token is asked about often.
   * @param {Api} api
   * @param {Population} population
   * @param {number} count
   */
  verify: async (api, population, count) => {
    const tokens = await population.freshTokens(USERS);
    await prepare(api, tokens.map(verify));
    const rotation = Array.from({ length: count }, (_, index) => tokens[index % USERS] ?? '');
    return measure(api, rotation.map(verify));
  },

  /**
   * 200 logins in the same moment, five times, with a WeChat that takes 50 ms.
   * @param {Api} api
   * @param {Population} population
   */
  'login-burst': async (api, population) => {
    const { logins, rounds, warmUpRounds, wechatMs } = BURST;
    const requests = await population.returningLogins((warmUpRounds + rounds) * logins, wechatMs);
    const slices = Array.from({ length: warmUpRounds + rounds }, (_, round) =>
      requests.slice(round * logins, (round + 1) * logins),
    );
    return measureBursts(api, slices, warmUpRounds);
  },
};
