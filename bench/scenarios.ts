import { measureAdminStats, measureAdminUsers } from './admin.js';
import { createServiceAccount } from './back-ends.js';
import type { Figures } from './figures.js';
import { measure, measureBursts, prepare } from './load.js';
import { type Population, USERS } from './population.js';
import {
  introspect,
  readDocument,
  refresh,
  type Request,
  serviceToken,
  verify,
  writeDocument,
} from './requests.js';
import type { Service } from './service.js';

/** The scenarios that `--only` accepts, without the soak. */
export type ScenarioName = keyof typeof SCENARIOS;

type Scenario = (service: Service, population: Population, count: number) => Promise<Figures>;

/** Requests to each instance before the measurement, because each instance must compile its code. */
const WARM_UP = 1000;
const BURST = { logins: 200, rounds: 5, warmUpRounds: 2, wechatMs: 50 };

/** All scenarios, in the order of a full run. Each scenario prepares its own data, so it can run alone. */
export const SCENARIOS = {
  /** Logins of new people. */
  'login-new': afterWarmUp((count, population) => population.firstLogins(count)),
  /** Logins of people who have logged in before. */
  'login-returning': afterWarmUp((count, population) => population.returningLogins(count), assertKnown),
  /** Reads with unused access tokens of another instance, because an instance does not verify its own. */
  'guarded-get-first': afterWarmUp(async (count, population, service) => {
    const issuer = { ...service, apis: [await service.another()] };
    return (await population.freshTokens(count, issuer)).map(readDocument);
  }),
  /** Reads of the document with access tokens used before. */
  'guarded-get-warm': withUsedTokens(readDocument),
  /** Replacements of the document, with access tokens used before. */
  'guarded-post': withUsedTokens((token) => writeDocument(token)),
  /** Refreshes, each of another session, with an unused token. */
  refresh: afterWarmUp(async (count, population) =>
    (await population.freshSessions(count)).map((session) => refresh(session.refresh)),
  ),
  /** Verifications for a back end without the JWKS. Each token is verified several times. */
  verify: withUsedTokens(verify),
  /** Tokens for a service account. */
  'service-token': asBackEnd((credentials) =>
    afterWarmUp((count) => Array.from({ length: count }, (_, index) => serviceToken(credentials, index))),
  ),
  /** Introspections by a service account. Each access token is introspected several times. */
  introspection: asBackEnd((credentials) =>
    withUsedTokens((token, index) => introspect(credentials, token, index)),
  ),
  /** Pages, searches and single users, as the operator's console asks for them. */
  'admin-users': (service, _, count) => measureAdminUsers(service, count),
  /** The figures of the operator's console. */
  'admin-stats': (service, _, count) => measureAdminStats(service, count),
  /** 200 concurrent logins, five times. WeChat answers after 50 ms. */
  'login-burst': async (service, population) => {
    const round = () => population.returningLogins(BURST.logins, BURST.wechatMs);
    const rounds = [];
    while (rounds.length < BURST.warmUpRounds + BURST.rounds) rounds.push(await round());
    return measureBursts(service, rounds.slice(0, BURST.warmUpRounds), rounds.slice(BURST.warmUpRounds));
  },
} satisfies Record<string, Scenario>;

/** Sends each request once. Does not measure the first thousand; in a short run, the first half. */
function afterWarmUp(
  requestsOf: (count: number, population: Population, service: Service) => Request[] | Promise<Request[]>,
  check: (answers: string[]) => void = () => undefined,
): Scenario {
  return async (service, population, count) => {
    const warmUp = Math.min(WARM_UP * service.apis.length, count);
    const requests = await requestsOf(warmUp + count, population, service);
    check(await prepare(service, requests.slice(0, warmUp)));
    return measure(service, requests.slice(warmUp));
  };
}

/** Sends requests with the same tokens repeatedly. Each instance has verified them before. */
function withUsedTokens(requestOf: (token: string, index: number) => Request): Scenario {
  return async (service, population, count) => {
    const tokens = await population.freshTokens(USERS);
    for (const api of service.apis) await prepare({ ...service, apis: [api] }, tokens.map(requestOf));
    const requests = Array.from({ length: count }, (_, index) =>
      requestOf(tokens[index % USERS] ?? '', index),
    );
    return measure(service, requests);
  };
}

/** Sends the requests of a new service account to the admin listener. */
function asBackEnd(scenarioOf: (credentials: string) => Scenario): Scenario {
  return async (service, population, count) => {
    const credentials = await createServiceAccount(service.database);
    const apis = service.apis.map((api) => ({ ...api, port: api.adminPort }));
    return scenarioOf(credentials)({ ...service, apis }, population, count);
  };
}

function assertKnown(answers: string[]): void {
  const isNew = (answer: string) => (JSON.parse(answer) as { is_new_user: boolean }).is_new_user;
  if (answers.some(isNew)) throw new Error('The service treats known people as new users.');
}
