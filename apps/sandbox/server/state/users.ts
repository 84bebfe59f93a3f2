import { inventedPhone } from './phone-number.js';

/** What the developer can change about one person. */
export interface SandboxUser {
  /** That `isPhone`. */
  phone: string;
  /** 0 to 4, the higher the riskier. */
  riskRank: number;
}

/** The people of the sandbox by name; everybody exists, whether the developer has set something or not. */
export class SandboxUsers {
  readonly #users = new Map<string, SandboxUser>();

  of(user: string): SandboxUser {
    return this.#users.get(user) ?? { phone: inventedPhone(user), riskRank: 0 };
  }

  set(name: string, user: SandboxUser): void {
    this.#users.set(name, user);
  }

  clear(): void {
    this.#users.clear();
  }
}
