import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, IsNull, type Repository } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { AuthEventsService } from '@app/audit';
import { Database, databaseNow, insertRow, newId, rowLock } from '@app/database';
import { Problem } from '@app/problem';
import { hashOfSecret, newClientSecret } from './client-secret.js';
import type { Scope } from './scope.js';
import { ServiceAccount } from './service-account.entity.js';

/** What a back end authenticates with (RFC 6749 section 2.3.1). The secret is not stored and cannot be read again. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A name that no account has had before, and what the account may do. */
export interface NewServiceAccount {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly appids: readonly string[];
}

/** Names an account. */
export type AccountKey = { readonly id: string } | { readonly name: string };

type Changes = QueryDeepPartialEntity<ServiceAccount>;

/** Creates, rotates and revokes service accounts. Each change is an audit event, and applies on every instance within 2 s. */
@Injectable()
export class ServiceAccountsService {
  constructor(
    @InjectRepository(ServiceAccount) private readonly accounts: Repository<ServiceAccount>,
    private readonly database: Database,
    private readonly events: AuthEventsService,
  ) {}

  /** Returns all accounts, the oldest first, revoked ones included. */
  list(): Promise<ServiceAccount[]> {
    return this.accounts.find({ order: { id: 'ASC' } });
  }

  /**
   * @param actor the operator who does it, as in the other changes; none on the command line
   * @returns undefined if the name is taken, by a revoked account too
   */
  create(
    { name, scopes, appids }: NewServiceAccount,
    actor?: string,
  ): Promise<ClientCredentials | undefined> {
    const [clientId, clientSecret] = [newId(), newClientSecret()];
    return this.database.write(async (manager) => {
      if (await manager.existsBy(ServiceAccount, { name })) return undefined;
      await insertRow(manager, ServiceAccount, {
        id: clientId,
        name,
        scopes: scopes.join(' '),
        appids: appids.join(' '),
        secretHash: hashOfSecret(clientSecret),
        createdAt: () => databaseNow(manager),
      });
      await this.events.write(manager, { kind: 'service_account_created', actor, detail: name });
      return { clientId, clientSecret };
    });
  }

  /**
   * Makes a new secret. The one before stays valid, and the one before that does not.
   * @param dropPrevious whether the one before is refused too
   * @returns undefined if there is no such live account
   */
  rotate(key: AccountKey, dropPrevious: boolean, actor?: string): Promise<ClientCredentials | undefined> {
    const clientSecret = newClientSecret();
    return this.database.write(async (manager) => {
      const account = await this.change(
        manager,
        key,
        'service_account_rotated',
        actor,
        ({ scopes, secretHash }) => {
          // Otherwise an operator would get the scope with the secret.
          if (actor !== undefined && scopes.split(' ').includes('weixin:token'))
            throw new Problem('insufficient_scope', {
              detail: 'the command line alone gives out weixin:token',
            });
          return {
            secretHash: hashOfSecret(clientSecret),
            previousSecretHash: dropPrevious ? null : secretHash,
            rotatedAt: () => databaseNow(manager),
          };
        },
      );
      return account && { clientId: account.id, clientSecret };
    });
  }

  /**
   * Refuses the account and its tokens for good.
   * @returns undefined if there is no such live account
   */
  revoke(key: AccountKey, actor?: string): Promise<ServiceAccount | undefined> {
    return this.database.write((manager) =>
      this.change(manager, key, 'service_account_revoked', actor, () => ({
        previousSecretHash: null,
        revokedAt: () => databaseNow(manager),
      })),
    );
  }

  private async change(
    manager: EntityManager,
    key: AccountKey,
    kind: 'service_account_rotated' | 'service_account_revoked',
    actor: string | undefined,
    changes: (account: ServiceAccount) => Changes,
  ): Promise<ServiceAccount | undefined> {
    const account = await manager.findOne(ServiceAccount, {
      where: { ...key, revokedAt: IsNull() },
      ...rowLock(manager),
    });
    if (!account) return undefined;
    await manager.update(ServiceAccount, { id: account.id }, changes(account));
    await this.events.write(manager, { kind, actor, detail: account.name });
    return account;
  }
}
