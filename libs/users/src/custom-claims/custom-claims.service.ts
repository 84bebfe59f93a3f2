import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, type Repository } from 'typeorm';
import { AuthEventsService } from '@app/audit';
import { Database } from '@app/database';
import { OutboxService } from '@app/outbox';
import { User } from '../user.entity.js';
import { type CustomClaims, customClaimsText, parseCustomClaims } from './custom-claims.js';

/** Reads and replaces the custom claims of users. Login and refresh read them with the rows that they need anyway. */
@Injectable()
export class CustomClaimsService {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly database: Database,
    private readonly events: AuthEventsService,
    private readonly outbox: OutboxService,
  ) {}

  /** Returns the custom claims of a user, `{}` if there are none; null if no user has the id. */
  async find(userId: string): Promise<CustomClaims | null> {
    const user = await this.users.findOne({
      select: { customClaims: true, id: true },
      where: { id: userId },
    });
    return user && parseCustomClaims(user.customClaims);
  }

  /**
   * Replaces the custom claims of a user. Every access token that is issued from now on has them; earlier tokens live on
   * unchanged, for `ACCESS_TOKEN_TTL_SECONDS` at most.
   * @param claims parsed JSON; `{}` removes the claims
   * @param actor the service account that does it
   * @returns false if no user has the id, or the user was merged into another one; nothing is changed then
   * @throws {Problem} `claims_invalid`, `claim_reserved`
   */
  async replace(userId: string, claims: unknown, actor?: string): Promise<boolean> {
    const customClaims = customClaimsText(claims);
    return this.database.write(async (manager) => {
      const { affected } = await manager.update(User, { id: userId, mergedInto: IsNull() }, { customClaims });
      if (affected !== 1) return false;
      await this.events.write(manager, { kind: 'claims_changed', userId, actor });
      const data = { user_id: userId, changed: ['custom_claims'] };
      await this.outbox.append(manager, { kind: 'user.updated', data });
      return true;
    });
  }
}
