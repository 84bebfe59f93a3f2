import { prepare } from './load.mjs';
import { login, writeDocument } from './requests.mjs';

/** Users and tokens that the scenarios rotate over: what is small enough to stay in every cache proves little. */
export const USERS = 5000;

/** A prime that does not divide USERS: steps of it visit everybody, in no order the database could profit from. */
const STRIDE = 1789;

/** The people the service has met in this run. */
export class Population {
  #size = 0;
  #visits = 0;
  #documentsWritten = false;

  /** @param {import('./service.mjs').Service} service */
  constructor(service) {
    this.service = service;
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
    return Array.from({ length: count }, () => login((this.#visits++ * STRIDE) % USERS, wechatMs));
  }

  /**
   * Access tokens that no guard has seen yet, of people with a stored document.
   * @param {number} count
   */
  async freshTokens(count) {
    if (!this.#documentsWritten) {
      this.#documentsWritten = true;
      await prepare(this.service, (await this.#tokens(USERS)).map(writeDocument));
    }
    return this.#tokens(count);
  }

  /**
   * New sessions of known people: the answers of their logins.
   * @param {number} count
   * @returns {Promise<{ access: string, refresh: string }[]>}
   */
  async freshSessions(count) {
    const answers = await prepare(this.service, await this.returningLogins(count));
    return answers.map((answer) => JSON.parse(answer));
  }

  /** @param {number} count */
  async #tokens(count) {
    return (await this.freshSessions(count)).map(({ access }) => access);
  }
}
