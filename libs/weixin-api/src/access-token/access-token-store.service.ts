import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository, UpdateQueryBuilder } from 'typeorm';
import { SealerService } from '@app/crypto';
import { Database, databaseNow } from '@app/database';
import { WeixinAccessToken } from './weixin-access-token.entity.js';

/** An access token that all instances share. */
export interface SharedToken {
  readonly token: string;
  /** The sealed token, which identifies the stored token. */
  readonly sealed: string;
  /** How long the token can be used, in milliseconds from now. */
  readonly usableMs: number;
}

/** A row of the driver. Some drivers return integers as text. */
interface Row {
  sealed: string | null;
  usable_ms: number | string | null;
  leased_ms: number | string | null;
}

/**
 * Stores the access token of each app in `weixin_access_tokens`. All times come from the database's clock, so differences
 * between the clocks of instances have no effect.
 */
@Injectable()
export class AccessTokenStoreService {
  constructor(
    @InjectRepository(WeixinAccessToken) private readonly rows: Repository<WeixinAccessToken>,
    private readonly database: Database,
    private readonly sealer: SealerService,
  ) {}

  /**
   * Returns the token that is usable now, and whether an instance is fetching one. Drops a token that cannot be unsealed with
   * this `SECRET_KEY`, because WeChat returns it again.
   */
  async read(appid: string): Promise<{ shared?: SharedToken; leased: boolean }> {
    const now = databaseNow(this.rows.manager);
    const row = await this.rows
      .createQueryBuilder('row')
      .select('row.token', 'sealed')
      .addSelect(`row.expiresAt - ${now}`, 'usable_ms')
      .addSelect(`row.leasedUntil - ${now}`, 'leased_ms')
      .where('row.appid = :appid', { appid })
      .getRawOne<Row>();
    const leased = Number(row?.leased_ms ?? 0) > 0;
    const usableMs = Number(row?.usable_ms ?? 0);
    if (!row?.sealed || usableMs <= 0) return { leased };
    const { sealed } = row;
    try {
      return { shared: { token: this.sealer.unseal(sealed, tokenColumn(appid)), sealed, usableMs }, leased };
    } catch {
      await this.drop(appid, sealed);
      return { leased };
    }
  }

  /**
   * Leases the fetch of the next token to `holder`. Does nothing if a usable token is stored or another holder has the lease.
   * @param leaseMs how long the lease is valid
   * @returns whether `holder` has the lease
   */
  lease(appid: string, holder: string, leaseMs: number): Promise<boolean> {
    return this.database.write(async (manager) => {
      const now = databaseNow(manager);
      await manager
        .createQueryBuilder()
        .insert()
        .into(WeixinAccessToken)
        .values({ appid })
        .orIgnore()
        .updateEntity(false)
        .execute();
      const { affected } = await change(manager)
        .set({ leaseHolder: holder, leasedUntil: () => `${now} + :leaseMs` })
        .where(
          `appid = :appid AND (token IS NULL OR expires_at <= ${now})
           AND (leased_until IS NULL OR leased_until <= ${now})`,
          { appid, leaseMs },
        )
        .execute();
      return affected === 1;
    });
  }

  /** Stores a fetched token for all instances and ends the lease. Stores nothing if another holder has the lease. */
  async share(appid: string, holder: string, token: string, usableMs: number): Promise<SharedToken> {
    const sealed = this.sealer.seal(token, tokenColumn(appid));
    await this.database.write((manager) =>
      change(manager)
        .set({
          token: sealed,
          expiresAt: () => `${databaseNow(manager)} + :usableMs`,
          leaseHolder: null,
          leasedUntil: null,
        })
        .where('appid = :appid AND lease_holder = :holder', { appid, holder, usableMs })
        .execute(),
    );
    return { token, sealed, usableMs };
  }

  /** Ends a lease whose holder has not got a token. */
  async release(appid: string, holder: string): Promise<void> {
    await this.database.write((manager) =>
      change(manager)
        .set({ leaseHolder: null, leasedUntil: null })
        .where('appid = :appid AND lease_holder = :holder', { appid, holder })
        .execute(),
    );
  }

  /**
   * Drops the tokens that a fallback of `SECRET_KEY` sealed. It does not seal them again, because WeChat returns the same tokens.
   * @returns the number of dropped tokens
   */
  async dropOld(): Promise<number> {
    const rows = await this.rows.find();
    const old = rows.flatMap(({ appid, token }) =>
      token !== null && !this.sealer.isCurrent(token) ? [{ appid, token }] : [],
    );
    for (const { appid, token } of old) await this.drop(appid, token);
    return old.length;
  }

  /** Drops an unusable token if it is still the stored one. */
  async drop(appid: string, sealed: string): Promise<void> {
    await this.database.write((manager) =>
      change(manager)
        .set({ token: null, expiresAt: null })
        .where('appid = :appid AND token = :sealed', { appid, sealed })
        .execute(),
    );
  }
}

function change(manager: EntityManager): UpdateQueryBuilder<WeixinAccessToken> {
  return manager.createQueryBuilder<WeixinAccessToken>(WeixinAccessToken, 'row').update();
}

const tokenColumn = (appid: string) => ({
  table: 'weixin_access_tokens',
  column: 'token',
  primaryKey: appid,
});
