import { measureBursts } from './burst.mjs';
import { measure, prepare, prepareEach } from './load.mjs';
import { USERS } from './population.mjs';
import { readDocument, refresh, verify, writeDocument } from './requests.mjs';

/**
 * @typedef {import('./service.mjs').Service} Service
 * @typedef {import('./population.mjs').Population} Population
 */

/** Requests to each instance before the measurement: each has its own code to compile. */
const WARM_UP = 1000;
const BURST = { logins: 200, rounds: 5, warmUpRounds: 2, wechatMs: 50 };

/** What is measured, in the order of a full run. Each scenario brings about what it needs, so each can run alone. */
export const SCENARIOS = {
  /**
   * Logins of people never seen before.
   * @param {Service} service
   * @param {Population} population
   * @param {number} count
   */
  'login-new': async (service, population, count) => {
    await prepare(service, population.firstLogins(warmUp(service, count)));
    return measure(service, population.firstLogins(count));
  },

  /**
   * Logins of people who have logged in before.
   * @param {Service} service
   * @param {Population} population
   * @param {number} count
   */
  'login-returning': async (service, population, count) => {
    const answers = await prepare(service, await population.returningLogins(warmUp(service, count)));
    if (answers.some((answer) => JSON.parse(answer).is_new_user))
      throw new Error('People who come again are new to the service.');
    return measure(service, await population.returningLogins(count));
  },

  /**
   * Reading the document, each time with an access token that was never used. Another instance has made it: an instance
   * need not verify its own.
   * @param {Service} service
   * @param {Population} population
   * @param {number} count
   */
  'guarded-get-first': async (service, population, count) => {
    const elsewhere = { ...service, apis: [await service.another()] };
    const tokens = await population.freshTokens(warmUp(service, count) + count, elsewhere);
    const requests = tokens.map(readDocument);
    await prepare(service, requests.slice(0, warmUp(service, count)));
    return measure(service, requests.slice(warmUp(service, count)));
  },

  /**
   * Reading the document with access tokens used before.
   * @param {Service} service
   * @param {Population} population
   * @param {number} count
   */
  'guarded-get-warm': async (service, population, count) => {
    const tokens = await population.freshTokens(USERS);
    await prepareEach(service, tokens.map(readDocument));
    const rotation = Array.from({ length: count }, (_, index) => tokens[index % USERS] ?? '');
    return measure(service, rotation.map(readDocument));
  },

  /**
   * Replacing the document, with access tokens used before.
   * @param {Service} service
   * @param {Population} population
   * @param {number} count
   */
  'guarded-post': async (service, population, count) => {
    const tokens = await population.freshTokens(USERS);
    await prepareEach(
      service,
      tokens.map((token) => writeDocument(token)),
    );
    const rotation = Array.from({ length: count }, (_, index) => tokens[index % USERS] ?? '');
    return measure(
      service,
      rotation.map((token) => writeDocument(token)),
    );
  },

  /**
   * Refreshes, each with a token that works for the first time, of as many sessions.
   * @param {Service} service
   * @param {Population} population
   * @param {number} count
   */
  refresh: async (service, population, count) => {
    const requests = (await population.freshSessions(warmUp(service, count) + count)).map((session) =>
      refresh(session.refresh),
    );
    await prepare(service, requests.slice(0, warmUp(service, count)));
    return measure(service, requests.slice(warmUp(service, count)));
  },

  /**
   * Asking whether access tokens are good, as a back end does that has no JWKS: each token is asked about often.
   * @param {Service} service
   * @param {Population} population
   * @param {number} count
   */
  verify: async (service, population, count) => {
    const tokens = await population.freshTokens(USERS);
    await prepareEach(service, tokens.map(verify));
    const rotation = Array.from({ length: count }, (_, index) => tokens[index % USERS] ?? '');
    return measure(service, rotation.map(verify));
  },

  /**
   * 200 logins in the same moment, five times, with a WeChat that takes 50 ms.
   * @param {Service} service
   * @param {Population} population
   */
  'login-burst': async (service, population) => {
    const { logins, rounds, warmUpRounds, wechatMs } = BURST;
    const requests = await population.returningLogins((warmUpRounds + rounds) * logins, wechatMs);
    const slices = Array.from({ length: warmUpRounds + rounds }, (_, round) =>
      requests.slice(round * logins, (round + 1) * logins),
    );
    return measureBursts(service, slices, warmUpRounds);
  },
};

/**
 * Of a short run no more than it measures.
 * @param {Service} service
 * @param {number} count
 */
function warmUp({ apis }, count) {
  return Math.min(WARM_UP * apis.length, count);
}
