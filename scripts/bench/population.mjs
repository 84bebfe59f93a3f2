import { prepare } from './load.mjs';
import { login, writeDocument } from './requests.mjs';

/** Tokens, and people at least, that the scenarios rotate over: what is small enough to stay in every cache proves little. */
export const USERS = 5000;

/** The people the service has met in this run. */
export class Population {
  #size;
  #visits = 0;
  #documentsWritten;
  /** Those who come again. */
  #known;
  /** Steps of it visit every known person, far from the last one each time, so that no cache of the database profits. */
  #stride;

  /**
   * @param {import('./service.mjs').Service} service
   * @param {number} seeded people it knows already, with a document each; none, or {@link USERS} at least
   */
  constructor(service, seeded) {
    this.service = service;
    this.#size = seeded;
    this.#documentsWritten = seeded > 0;
    this.#known = seeded || USERS;
    this.#stride = strideFor(this.#known);
  }

  /**
   * First logins of people the service has never met.
   * @param {number} count
   */
  firstLogins(count) {
    const first = this.#size;
    this.#size += count;
    return Array.from({ length: count }, (_, index) => login(first + index));
  }

  /**
   * Logins of known people, each person's as often as any other's. At least {@link USERS} people are known after it.
   * @param {number} count
   * @param {number} [wechatMs] how long WeChat takes to answer
   */
  async returningLogins(count, wechatMs) {
    if (this.#size < USERS) await prepare(this.service, this.firstLogins(USERS - this.#size));
    return Array.from({ length: count }, () =>
      login((this.#visits++ * this.#stride) % this.#known, wechatMs),
    );
  }

  /**
   * Access tokens that no guard has seen yet, of people with a stored document.
   * @param {number} count
   * @param {import('./service.mjs').Service} [maker] whose instances make them
   */
  async freshTokens(count, maker) {
    if (!this.#documentsWritten) {
      this.#documentsWritten = true;
      await prepare(
        this.service,
        (await this.#tokens(USERS)).map((token) => writeDocument(token)),
      );
    }
    return this.#tokens(count, maker);
  }

  /**
   * New sessions of known people: the answers of their logins.
   * @param {number} count
   * @param {import('./service.mjs').Service} [maker] whose instances they begin at
   * @returns {Promise<{ access: string, refresh: string }[]>}
   */
  async freshSessions(count, maker = this.service) {
    const answers = await prepare(maker, await this.returningLogins(count));
    return answers.map((answer) => JSON.parse(answer));
  }

  /**
   * @param {number} count
   * @param {import('./service.mjs').Service} [maker]
   */
  async #tokens(count, maker) {
    return (await this.freshSessions(count, maker)).map(({ access }) => access);
  }
}

/**
 * The number from the golden section of `size` on that shares no factor with it.
 * @param {number} size
 */
function strideFor(size) {
  let stride = Math.round(size * 0.618);
  while (greatestCommonDivisor(stride, size) > 1) stride += 1;
  return stride;
}

/**
 * @param {number} a
 * @param {number} b
 * @returns {number}
 */
function greatestCommonDivisor(a, b) {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
