import type { Answer } from '../keep-alive.js';
import * as requests from '../requests.js';

/** A request and the check of its answer. */
export interface Step {
  kind: Kind;
  request: requests.Request;
  /** Checks an answer with status 200, and stores its tokens. */
  isExpected: (answer: Answer) => boolean;
}

/** The weight of each kind. A session may send another kind first, such as a refresh before its token expires. */
const WEIGHTS = {
  ...{ login_new: 3, login_returning: 6, logout: 4, sessions: 4, refresh: 8, refresh_repeat: 3 },
  ...{ read_first: 15, read_warm: 35, write: 12, verify: 10 },
};
type Kind = keyof typeof WEIGHTS;

/** A person of one group, and the version of the person's document. */
type Person = Record<'number' | 'version', number>;
type Tokens = Record<'access' | 'refresh', string>;

/** A session and its tokens. */
interface Session extends Tokens {
  person: Person;
  /** The previous refresh token. */
  spent?: string;
  /** Epoch milliseconds. */
  renewedAt: number;
  /** Whether a guard has seen the access token. */
  isSeen: boolean;
}

const KINDS = (Object.keys(WEIGHTS) as Kind[]).flatMap((kind) => Array<Kind>(WEIGHTS[kind]).fill(kind));
const [FEWEST_SESSIONS, MOST_SESSIONS, MOST_PEOPLE] = [5, 40, 500];
const WECHAT_MS = 50;
/** A few seconds less than the lifetime of access tokens in the soak. */
const RENEW_AFTER_MS = 45_000;
/** Less than the grace. */
const REPEAT_WITHIN_MS = 30_000;

/** Simulates a group of people. No other group has these people, so the expected answers are known. Sends one request at a time. */
export class SimulatedUsers {
  readonly #people: Person[] = [];
  readonly #sessions: Session[] = [];
  #nextNumber: number;

  /** @param index of the group; @param groups number of groups */
  constructor(
    index: number,
    private readonly groups: number,
  ) {
    this.#nextNumber = index;
  }

  next(): Step {
    const { length } = this.#sessions;
    const kind = length < FEWEST_SESSIONS ? 'login_new' : length > MOST_SESSIONS ? 'logout' : oneOf(KINDS);
    if (kind === 'login_new') return this.#login(kind, { number: this.#nextNumber, version: 0 });
    if (kind === 'login_returning') return this.#login(kind, oneOf(this.#people));
    const session = oneOf(this.#sessions);
    if (kind !== 'logout') return use(kind, session);
    this.#sessions.splice(this.#sessions.indexOf(session), 1);
    return { kind, request: requests.logout(session.refresh), isExpected: () => true };
  }

  #login(kind: Kind, person: Person): Step {
    const isNew = person.number === this.#nextNumber;
    if (isNew) this.#nextNumber += this.groups;
    const isExpected = ({ body }: Answer) => {
      const tokens = JSON.parse(body) as Tokens & { is_new_user: boolean };
      this.#sessions.push({ person, ...renewed(tokens) });
      if (isNew && this.#people.push(person) > MOST_PEOPLE) this.#people.shift();
      return tokens.is_new_user === isNew;
    };
    const wechatMs = Math.floor(Math.random() * WECHAT_MS);
    return { kind, request: requests.login(person.number, wechatMs), isExpected };
  }
}

function use(kind: Kind, session: Session): Step {
  const { access, person, spent, renewedAt, isSeen } = session;
  const ageMs = Date.now() - renewedAt;
  if (kind === 'refresh' || ageMs > RENEW_AFTER_MS) return renew(session);
  if (kind === 'refresh_repeat') return renew(session, ageMs > REPEAT_WITHIN_MS ? undefined : spent);
  const request = requests.verify(access, person.number);
  if (kind === 'verify') return { kind, request, isExpected: ({ body }) => body === '{}' };
  session.isSeen = true;
  if (kind === 'sessions') {
    const isExpected = ({ body }: Answer) => body.includes(String(claimsOf(access)['sid']));
    return { kind, request: requests.listSessions(access), isExpected };
  }
  const hasVersion = ({ head }: Answer) => /^etag: (.*)$/im.exec(head)?.[1]?.trim() === `"${person.version}"`;
  if (kind === 'write')
    return { kind, request: requests.writeDocument(access, `"${person.version++}"`), isExpected: hasVersion };
  const read = isSeen ? 'read_warm' : 'read_first';
  return { kind: read, request: requests.readDocument(access), isExpected: hasVersion };
}

/**
 * Refreshes a session.
 * @param repeated a spent token, as after a lost answer; the service returns the same generation again
 */
function renew(session: Session, repeated?: string): Step {
  const token = repeated ?? session.refresh;
  const isExpected = ({ body }: Answer) => {
    // The grace counts from the first use.
    const renewedAt = repeated === undefined ? Date.now() : session.renewedAt;
    Object.assign(session, renewed(JSON.parse(body) as Tokens), { spent: token, renewedAt });
    return claimsOf(session.refresh)['gen'] === Number(claimsOf(token)['gen']) + 1;
  };
  const kind = repeated === undefined ? 'refresh' : 'refresh_repeat';
  return { kind, request: requests.refresh(token), isExpected };
}

function renewed({ access, refresh }: Tokens) {
  return { access, refresh, renewedAt: Date.now(), isSeen: false };
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;
}

function oneOf<T>(items: readonly T[]): T {
  return items[Math.floor(Math.random() * items.length)] as T;
}
