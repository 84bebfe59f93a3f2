import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LRUCache } from 'lru-cache';
import { IsNull, type Repository } from 'typeorm';
import { OutageLog, withTimeout } from '@app/common';
import { isId } from '@app/database';
import { Problem } from '@app/problem';
import { isSecretOf } from './client-secret.js';
import { isScope, type Scope } from './scope.js';
import { ServiceAccount } from './service-account.entity.js';

/** A read and its use together stay below the 2 s in which a revoked account is refused. */
const REMEMBERED_MS = 900;
const READ_TIMEOUT_MS = 1000;
const REMEMBERED_ACCOUNTS = 1000;

/** A service account that is not revoked. */
export interface LiveAccount {
  readonly clientId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly appids: readonly string[];
}

type Row = ServiceAccount | null;

/**
 * Reads service accounts for each call of the admin listener. A row is remembered for less than a second, so that
 * introspection costs no statement each, and revoked accounts and dropped secrets are refused on every instance within 2 s.
 */
@Injectable()
export class LiveAccountsService {
  private readonly outage = new OutageLog(new Logger(LiveAccountsService.name), {
    failing: 'service accounts cannot be read',
    recovered: 'service accounts are read again',
    eachReason: true,
  });
  private readonly remembered = new LRUCache<string, Promise<Row>>({
    max: REMEMBERED_ACCOUNTS,
    ttl: REMEMBERED_MS,
  });

  constructor(@InjectRepository(ServiceAccount) private readonly accounts: Repository<ServiceAccount>) {}

  /** @throws {Problem} `database_unavailable` */
  async find(clientId: string): Promise<LiveAccount | undefined> {
    const row = await this.read(clientId);
    return row ? liveAccount(row) : undefined;
  }

  /**
   * Returns the account of credentials. An unknown account and a wrong secret take the same time.
   * @throws {Problem} `database_unavailable`
   */
  async authenticate(clientId: string, secret: string): Promise<LiveAccount | undefined> {
    const row = await this.read(clientId);
    const isGenuine = isSecretOf(secret, [row?.secretHash, row?.previousSecretHash]);
    return row && isGenuine ? liveAccount(row) : undefined;
  }

  private read(clientId: string): Promise<Row> {
    if (!isId(clientId)) return Promise.resolve(null);
    const known = this.remembered.get(clientId);
    if (known) return known;
    const row = this.accounts.findOneBy({ id: clientId, revokedAt: IsNull() });
    const answer = withTimeout(row, READ_TIMEOUT_MS).then(
      (found) => {
        this.outage.succeeded();
        return found;
      },
      (error: unknown) => {
        this.remembered.delete(clientId);
        this.outage.failed((error as Error).message);
        throw new Problem('database_unavailable', { retryAfterSeconds: 5 });
      },
    );
    this.remembered.set(clientId, answer);
    return answer;
  }
}

const liveAccount = ({ id, name, scopes, appids }: ServiceAccount): LiveAccount => ({
  clientId: id,
  name,
  scopes: scopes.split(' ').filter(isScope),
  appids: appids.split(' '),
});
