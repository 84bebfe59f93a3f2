import { prepare } from './load.js';
import { login, type Request, writeDocument } from './requests.js';
import type { Service } from './service.js';

/** The number of tokens, and the minimum of people, that scenarios rotate over. Fewer would fit in every cache. */
export const USERS = 5000;
/** A prime. Its multiples reach every person, and consecutive ones are far apart, so that no database cache helps. */
const STRIDE = 618_034_003;

/** The people that have logged in to the service in this run. */
export class Population {
  #size: number;
  #visits = 0;
  #hasDocuments: boolean;
  /** The number of people that log in again. */
  readonly #known: number;

  /** @param seeded number of seeded people, each with a document: 0, or at least {@link USERS} */
  constructor(
    private readonly service: Service,
    seeded: number,
  ) {
    this.#size = seeded;
    this.#hasDocuments = seeded > 0;
    this.#known = seeded || USERS;
  }

  /** Returns first logins of new people. */
  firstLogins(count: number): Request[] {
    const first = this.#size;
    this.#size += count;
    return Array.from({ length: count }, (_, index) => login(first + index));
  }

  /** Returns logins of known people, evenly distributed. Logs new people in before, if there are too few. */
  async returningLogins(count: number, wechatMs?: number): Promise<Request[]> {
    if (this.#size < USERS) await prepare(this.service, this.firstLogins(USERS - this.#size));
    return Array.from({ length: count }, () => login((this.#visits++ * STRIDE) % this.#known, wechatMs));
  }

  /** Returns the tokens of new sessions of known people, which the instances of the issuer open. */
  async freshSessions(count: number, issuer = this.service): Promise<{ access: string; refresh: string }[]> {
    const answers = await prepare(issuer, await this.returningLogins(count));
    return answers.map((answer) => JSON.parse(answer) as { access: string; refresh: string });
  }

  /** Returns access tokens of the issuer that no guard has verified yet, of people with a stored document. */
  async freshTokens(count: number, issuer = this.service): Promise<string[]> {
    if (!this.#hasDocuments) {
      this.#hasDocuments = true;
      const writes = (await this.freshTokens(USERS)).map((token) => writeDocument(token));
      await prepare(this.service, writes);
    }
    return (await this.freshSessions(count, issuer)).map(({ access }) => access);
  }
}
