import { Injectable } from '@nestjs/common';
import { AuthEventsService, type ClientInfo } from '@app/audit';
import { PhoneQuotaService, UserPhonesService } from '@app/users';
import { PhoneNumbersService, type PhoneProof } from './phone-numbers.service.js';

/** The user who binds a phone number, and the session that does so. */
export interface PhoneOwner {
  readonly userId: string;
  readonly sessionId?: string | undefined;
  /** The mini-program of the request. */
  readonly appid: string;
  readonly client: ClientInfo;
}

/** Binds phone numbers that WeChat has verified to users. */
@Injectable()
export class PhoneBindingsService {
  constructor(
    private readonly quota: PhoneQuotaService,
    private readonly numbers: PhoneNumbersService,
    private readonly phones: UserPhonesService,
    private readonly events: AuthEventsService,
  ) {}

  /**
   * Stores the number of a proof, and returns it masked. A call without a number does not count against
   * `PHONE_BINDINGS_PER_DAY`, unless the process dies during the call.
   * @throws {Problem} what {@link PhoneQuotaService.take}, {@link PhoneNumbersService.numberOf} and {@link UserPhonesService.bind} throw
   */
  async bind({ userId, sessionId, appid, client }: PhoneOwner, proof: PhoneProof): Promise<string> {
    const taken = await this.quota.take(userId);
    const e164 = await this.numbers.numberOf(proof).catch(async (error: unknown) => {
      await this.quota.giveBack(taken);
      throw error;
    });
    const masked = await this.phones.bind(userId, e164);
    this.events.record({ kind: 'phone_bound', userId, sessionId, appid, client });
    return masked;
  }
}
