import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository, UpdateQueryBuilder } from 'typeorm';
import { SealerService } from '@app/crypto';
import { Database, databaseNow } from '@app/database';
import { WeixinAccessToken } from './weixin-access-token.entity.js';

/** An access token as all instances share it. */
export interface SharedToken {
  readonly token: string;
  /** Names this token in the database without being it. */
  readonly sealed: string;
  /** Milliseconds from now. */
  readonly usableMs: number;
}

/** As the driver gives it: some give whole numbers as text. */
interface Row {
  sealed: string | null;
  usable_ms: number | string | null;
  leased_ms: number | string | null;
}

/**
 * The row of each app in `weixin_access_tokens`. All of its times are the database's, so the instances' clocks do not
 * matter.
 */
@Injectable()
export class AccessTokenStoreService {
  constructor(
    @InjectRepository(WeixinAccessToken) private readonly rows: Repository<WeixinAccessToken>,
    private readonly database: Database,
    private readonly sealer: SealerService,
  ) {}

  /**
   * The token that is usable now, and whether somebody is fetching one. A token that does not open, which another
   * `SECRET_KEY` sealed, is dropped: WeChat gives it again.
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
      return { shared: { token: this.sealer.unseal(sealed, placeOf(appid)), sealed, usableMs }, leased };
    } catch {
      await this.drop(appid, sealed);
      return { leased };
    }
  }

  /**
   * Makes `holder` the one who fetches the next token, unless there is a usable one or somebody else is fetching it.
   * @param leaseMs after which a holder counts as dead
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

  /** Shares a fetched token and ends the lease. Nothing happens where the lease was lost to another holder. */
  async share(appid: string, holder: string, token: string, usableMs: number): Promise<SharedToken> {
    const sealed = this.sealer.seal(token, placeOf(appid));
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

  /** Ends a lease whose holder got no token. */
  async release(appid: string, holder: string): Promise<void> {
    await this.database.write((manager) =>
      change(manager)
        .set({ leaseHolder: null, leasedUntil: null })
        .where('appid = :appid AND lease_holder = :holder', { appid, holder })
        .execute(),
    );
  }

  /**
   * Drops what a fallback of `SECRET_KEY` sealed. Sealing it anew is not worth a line: WeChat gives the same token again.
   * @returns how many
   */
  async dropOld(): Promise<number> {
    const rows = await this.rows.find();
    const old = rows.flatMap(({ appid, token }) =>
      token !== null && !this.sealer.isCurrent(token) ? [{ appid, token }] : [],
    );
    for (const { appid, token } of old) await this.drop(appid, token);
    return old.length;
  }

  /** Drops a token that is of no use, if it is still this one. */
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

const placeOf = (appid: string) => ({ table: 'weixin_access_tokens', column: 'token', primaryKey: appid });
