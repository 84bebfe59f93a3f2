import { Buffer } from 'node:buffer';
import {
  listSessions,
  login,
  logout,
  readDocument,
  refresh,
  verify,
  writeDocument,
} from '../bench/requests.mjs';

/**
 * @typedef {import('../bench/keep-alive.mjs').Answer} Answer
 * @typedef {keyof typeof WEIGHTS} Kind
 */

/**
 * What is sent, and what the answer must be.
 * @typedef {object} Step
 * @property {Kind} kind
 * @property {import('autocannon').Request} request
 * @property {(answer: Answer) => boolean} isExpected also learns from the answer; a status other than 200 never comes here
 */

/** @typedef {{ number: number, etag: string }} Person */

/**
 * A login that this crowd holds the tokens of.
 * @typedef {object} Session
 * @property {Person} person
 * @property {string} access
 * @property {string} refresh
 * @property {string | undefined} spent the refresh token before it
 * @property {number} renewedAt epoch milliseconds
 * @property {boolean} isSeen whether a guard has seen the access token
 */

/** How often each kind is chosen. A session decides in the end: some kinds become another one that it needs first. */
export const WEIGHTS = {
  login_new: 3,
  login_returning: 6,
  read_first: 15,
  read_warm: 35,
  write: 12,
  refresh: 8,
  refresh_repeat: 3,
  verify: 10,
  sessions: 4,
  logout: 4,
};

const LOTS = /** @type {Kind[]} */ (
  Object.entries(WEIGHTS).flatMap(([kind, weight]) => Array(weight).fill(kind))
);
const FEWEST_SESSIONS = 5;
const MOST_SESSIONS = 40;
const MOST_PEOPLE = 500;
const WECHAT_MS = 50;
/** Access tokens of the soak live longer by some seconds. */
const RENEW_AFTER_MS = 45_000;
/** Well within the grace. */
const REPEAT_WITHIN_MS = 30_000;

/** Some people, of whom nobody else knows: so each answer to them can be foreseen. One step at a time. */
export class Crowd {
  /** @type {Person[]} */
  #people = [];
  /** @type {Session[]} */
  #sessions = [];
  #met = 0;

  /**
   * @param {number} index of this crowd
   * @param {number} crowds how many there are
   */
  constructor(index, crowds) {
    this.index = index;
    this.crowds = crowds;
  }

  /** @returns {Step} */
  next() {
    if (this.#sessions.length < FEWEST_SESSIONS) return this.#login('login_new');
    const kind = oneOf(LOTS);
    if (this.#sessions.length > MOST_SESSIONS || kind === 'logout') return this.#logout();
    if (kind === 'login_new' || kind === 'login_returning') return this.#login(kind);
    return this.#use(kind, oneOf(this.#sessions));
  }

  /** @param {'login_new' | 'login_returning'} kind @returns {Step} */
  #login(kind) {
    const isNew = kind === 'login_new';
    const person = isNew ? this.#stranger() : oneOf(this.#people);
    return {
      kind,
      request: login(person.number, Math.floor(Math.random() * WECHAT_MS)),
      isExpected: ({ body }) => {
        const tokens = JSON.parse(body);
        this.#sessions.push({ person, ...renewed(tokens), spent: undefined });
        if (isNew) this.#remember(person);
        return tokens.is_new_user === isNew;
      },
    };
  }

  /** @returns {Person} */
  #stranger() {
    return { number: this.index + this.crowds * this.#met++, etag: '"0"' };
  }

  /** @param {Person} person */
  #remember(person) {
    this.#people.push(person);
    if (this.#people.length > MOST_PEOPLE) this.#people.shift();
  }

  /** @returns {Step} */
  #logout() {
    const [session] = this.#sessions.splice(Math.floor(Math.random() * this.#sessions.length), 1);
    return { kind: 'logout', request: logout(session?.refresh ?? ''), isExpected: () => true };
  }

  /** @param {Kind} kind @param {Session} session @returns {Step} */
  #use(kind, session) {
    const { access, person, spent, renewedAt, isSeen } = session;
    const ageMs = Date.now() - renewedAt;
    if (kind === 'refresh' || ageMs > RENEW_AFTER_MS) return refreshed(session);
    if (kind === 'refresh_repeat')
      return spent === undefined || ageMs > REPEAT_WITHIN_MS ? refreshed(session) : repeated(session, spent);
    if (kind === 'verify')
      return { kind, request: verify(access, person.number), isExpected: ({ body }) => body === '{}' };
    session.isSeen = true;
    if (kind === 'sessions')
      return { kind, request: listSessions(access), isExpected: ({ body }) => body.includes(idOf(access)) };
    if (kind === 'write') return written(session);
    return {
      kind: isSeen ? 'read_warm' : 'read_first',
      request: readDocument(access),
      isExpected: (answer) => etagOf(answer) === person.etag,
    };
  }
}

/** @param {Session} session @returns {Step} */
function written({ access, person }) {
  return {
    kind: 'write',
    request: writeDocument(access, person.etag),
    isExpected: (answer) => {
      const next = `"${Number(person.etag.slice(1, -1)) + 1}"`;
      person.etag = etagOf(answer) ?? person.etag;
      return person.etag === next;
    },
  };
}

/** @param {Session} session @returns {Step} */
function refreshed(session) {
  const spent = session.refresh;
  return {
    kind: 'refresh',
    request: refresh(spent),
    isExpected: ({ body }) => {
      Object.assign(session, renewed(JSON.parse(body)), { spent });
      return claimsOf(session.refresh).gen === claimsOf(spent).gen + 1;
    },
  };
}

/**
 * As after an answer that was lost: the child is the same one.
 * @param {Session} session
 * @param {string} spent
 * @returns {Step}
 */
function repeated(session, spent) {
  return {
    kind: 'refresh_repeat',
    request: refresh(spent),
    isExpected: ({ body }) => {
      const { renewedAt } = session;
      // It was renewed then: the grace counts from the first time.
      Object.assign(session, renewed(JSON.parse(body)), { renewedAt });
      return claimsOf(session.refresh).gen === claimsOf(spent).gen + 1;
    },
  };
}

/** @param {{ access: string, refresh: string }} tokens */
function renewed({ access, refresh }) {
  return { access, refresh, renewedAt: Date.now(), isSeen: false };
}

/** @param {Answer} answer */
function etagOf({ head }) {
  return /^etag: (.*)$/im.exec(head)?.[1]?.trim();
}

/** @param {string} token */
function idOf(token) {
  return String(claimsOf(token).sid);
}

/** @param {string} token */
function claimsOf(token) {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

/** @template T @param {T[]} items at least one @returns {T} */
function oneOf(items) {
  return /** @type {T} */ (items[Math.floor(Math.random() * items.length)]);
}
