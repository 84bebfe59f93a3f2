import { prepare } from './load.js';
import { login, type Request, writeDocument } from './requests.js';
import type { Service } from './service.js';

/** Tokens, and people at least, that the scenarios rotate over: fewer would stay in every cache and prove little. */
export const USERS = 5000;
/** A prime: its multiples visit every person, far from the one before, so that no cache of the database profits. */
const STRIDE = 618_034_003;

/** The people the service has met in this run. */
export class Population {
  #size: number;
  #visits = 0;
  #hasDocuments: boolean;
  /** Those who come again. */
  readonly #known: number;

  /** @param seeded people the service knows already, with a document each: none, or {@link USERS} at least */
  constructor(
    private readonly service: Service,
    seeded: number,
  ) {
    this.#size = seeded;
    this.#hasDocuments = seeded > 0;
    this.#known = seeded || USERS;
  }

  /** Returns first logins of people whom the service has never met. */
  firstLogins(count: number): Request[] {
    const first = this.#size;
    this.#size += count;
    return Array.from({ length: count }, (_, index) => login(first + index));
  }

  /** Returns logins of known people, as many of each person; makes people known first, if they are too few. */
  async returningLogins(count: number, wechatMs?: number): Promise<Request[]> {
    if (this.#size < USERS) await prepare(this.service, this.firstLogins(USERS - this.#size));
    return Array.from({ length: count }, () => login((this.#visits++ * STRIDE) % this.#known, wechatMs));
  }

  /** Returns the tokens of new sessions of known people, which begin at the instances of the issuer. */
  async freshSessions(count: number, issuer = this.service): Promise<{ access: string; refresh: string }[]> {
    const answers = await prepare(issuer, await this.returningLogins(count));
    return answers.map((answer) => JSON.parse(answer) as { access: string; refresh: string });
  }

  /** Returns access tokens of the issuer that no guard has seen yet, of people with a stored document. */
  async freshTokens(count: number, issuer = this.service): Promise<string[]> {
    if (!this.#hasDocuments) {
      this.#hasDocuments = true;
      const writes = (await this.freshTokens(USERS)).map((token) => writeDocument(token));
      await prepare(this.service, writes);
    }
    return (await this.freshSessions(count, issuer)).map(({ access }) => access);
  }
}
