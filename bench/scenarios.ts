import type { Figures } from './figures.js';
import { measure, measureBursts, prepare } from './load.js';
import { type Population, USERS } from './population.js';
import { readDocument, refresh, type Request, verify, writeDocument } from './requests.js';
import type { Service } from './service.js';

/** What `--only` takes, but for the soak. */
export type ScenarioName = keyof typeof SCENARIOS;

type Scenario = (service: Service, population: Population, count: number) => Promise<Figures>;

/** Requests to each instance before the measurement: each instance compiles its own code. */
const WARM_UP = 1000;
const BURST = { logins: 200, rounds: 5, warmUpRounds: 2, wechatMs: 50 };

/** What is measured, in the order of a full run. Each scenario prepares what it needs, so each can run alone. */
export const SCENARIOS = {
  /** Logins of people never seen before. */
  'login-new': afterWarmUp((count, population) => population.firstLogins(count)),
  /** Logins of people who have logged in before. */
  'login-returning': afterWarmUp((count, population) => population.returningLogins(count), assertKnown),
  /** Reads with access tokens that were never used; another instance has issued them, as it need not verify its own. */
  'guarded-get-first': afterWarmUp(async (count, population, service) => {
    const issuer = { ...service, apis: [await service.another()] };
    return (await population.freshTokens(count, issuer)).map(readDocument);
  }),
  /** Reads of the document with access tokens used before. */
  'guarded-get-warm': withUsedTokens(readDocument),
  /** Replacements of the document, with access tokens used before. */
  'guarded-post': withUsedTokens((token) => writeDocument(token)),
  /** Refreshes, each of another session, with a token that works for the first time. */
  refresh: afterWarmUp(async (count, population) =>
    (await population.freshSessions(count)).map((session) => refresh(session.refresh)),
  ),
  /** Verifications, as by a back end that has no JWKS: each token is verified often. */
  verify: withUsedTokens(verify),
  /** 200 logins in the same moment, five times, with a WeChat that takes 50 ms. */
  'login-burst': async (service, population) => {
    const round = () => population.returningLogins(BURST.logins, BURST.wechatMs);
    const rounds = [];
    while (rounds.length < BURST.warmUpRounds + BURST.rounds) rounds.push(await round());
    return measureBursts(service, rounds.slice(0, BURST.warmUpRounds), rounds.slice(BURST.warmUpRounds));
  },
} satisfies Record<string, Scenario>;

/** Sends each request once; the first thousand, in a short run half of them, are not measured. */
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

/** Sends requests of the same people in turns, whose tokens each instance has seen. */
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

function assertKnown(answers: string[]): void {
  const isNew = (answer: string) => (JSON.parse(answer) as { is_new_user: boolean }).is_new_user;
  if (answers.some(isNew)) throw new Error('People who come again are new to the service.');
}
