import { Injectable } from '@nestjs/common';
import { AuthEvents, type ClientInfo } from '@app/audit';
import { PhoneQuota, UserPhones } from '@app/users';
import { PhoneNumbers, type PhoneProof } from './phone-numbers.service.js';

/** Whose phone number it becomes, and by which login. */
export interface PhoneOwner {
  readonly userId: string;
  readonly sessionId?: string | undefined;
  /** The mini-program the user has open. */
  readonly appid: string;
  readonly client: ClientInfo;
}

/** Binds phone numbers that WeChat vouches for to users. */
@Injectable()
export class PhoneBindings {
  constructor(
    private readonly quota: PhoneQuota,
    private readonly numbers: PhoneNumbers,
    private readonly phones: UserPhones,
    private readonly events: AuthEvents,
  ) {}

  /**
   * Stores the number that a proof stands for. A call that brings no number costs none of the user's
   * `PHONE_BINDINGS_PER_DAY`, except where the process dies in the middle.
   * @returns the number, masked
   * @throws {Problem} what {@link PhoneQuota.take}, {@link PhoneNumbers.of} and {@link UserPhones.bind} throw
   */
  async bind({ userId, sessionId, appid, client }: PhoneOwner, proof: PhoneProof): Promise<string> {
    const taken = await this.quota.take(userId);
    const e164 = await this.numbers.of(proof).catch(async (error: unknown) => {
      await this.quota.giveBack(taken);
      throw error;
    });
    const masked = await this.phones.bind(userId, e164);
    this.events.record({ kind: 'phone_bound', userId, sessionId, appid, client });
    return masked;
  }
}
