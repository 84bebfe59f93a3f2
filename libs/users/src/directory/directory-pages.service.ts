import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Brackets, In, type Repository } from 'typeorm';
import { databaseNow, dialectOf } from '@app/database';
import { Problem } from '@app/problem';
import { disabledSinceSql } from '../disabled.js';
import { User } from '../user.entity.js';
import { WeixinIdentity } from '../weixin-identity.entity.js';
import type { DirectoryCursor, TimedState } from './directory-cursor.js';
import { LAST_CODE_POINT, nicknameColumn } from './nickname-order.js';
import { visibleIn } from './visible-in.js';

/** Which users are listed. */
export interface DirectoryFilter {
  /** The beginning of an id, from eight characters on, or of a nickname; undefined for all users. */
  readonly prefix?: string | undefined;
  /** `deleting`: the deletion is requested, also of a disabled user. */
  readonly state?: 'active' | TimedState | undefined;
}

interface Start extends DirectoryFilter {
  readonly after: DirectoryCursor | undefined;
}

/** Users in the order of a list, and the cursor after each. */
interface Found {
  readonly found: readonly User[];
  readonly cursorOf: (user: User) => DirectoryCursor;
}

/** At least the time of a UUIDv7 in its text form: shorter texts are nicknames only. */
const ID_PREFIX = /^[0-9a-f]{8}(-[0-9a-f-]{0,27})?$/;

/** Later than every time. */
const LAST_TIME = Number.MAX_SAFE_INTEGER;

/** Reads pages of users, each by an index: with a million users, a page is to take milliseconds. */
@Injectable()
export class DirectoryPagesService {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    @InjectRepository(WeixinIdentity) private readonly identities: Repository<WeixinIdentity>,
  ) {}

  /** @throws {Problem} `validation_failed` for a cursor of another list */
  async page(appids: readonly string[], start: Start, limit: number): Promise<Found> {
    const { state, after } = start;
    const isTimed = after?.by === 'disabled' || after?.by === 'deleting';
    if (state === 'disabled' || state === 'deleting') {
      if (!after) return this.byState(appids, start, state, undefined, limit);
      if (isTimed && after.by === state) return this.byState(appids, start, state, after, limit);
    } else if (!isTimed) return this.byText(appids, start, limit);
    throw new Problem('validation_failed', { members: { errors: ['cursor is not one of this list'] } });
  }

  private async byText(appids: readonly string[], start: Start, limit: number): Promise<Found> {
    const { prefix, after } = start;
    const isId = prefix === undefined || ID_PREFIX.test(prefix);
    const byId = isId && after?.by !== 'nickname' ? await this.byId(appids, start, limit) : [];
    const wanted = limit - byId.length;
    const byNickname =
      prefix === undefined || wanted === 0 ? [] : await this.byNickname(appids, prefix, start, wanted);
    return {
      found: [...byId, ...byNickname],
      cursorOf: (user) =>
        byId.includes(user) || user.nickname === null
          ? { by: 'id', id: user.id }
          : { by: 'nickname', nickname: user.nickname, id: user.id },
    };
  }

  /** One read of an index for each mini-program: with several in one statement, databases sort all users. */
  private async byId(appids: readonly string[], { prefix = '', state, after }: Start, limit: number) {
    // One lower bound: with two, SQLite uses the first and reads all users from there.
    const [from, bound] = after && after.id >= prefix ? ['>', after.id] : ['>=', prefix];
    const pages = appids.map((appid) => {
      const query = this.identities
        .createQueryBuilder('identity')
        .select('identity.userId', 'id')
        .distinct()
        .where('identity.appid = :appid', { appid })
        .andWhere(`identity.userId ${from} :bound AND identity.userId < :end`, { bound, end: `${prefix}g` })
        .orderBy('identity.userId')
        .limit(limit);
      if (state === 'active') {
        // No join: PostgreSQL would read all users up to the first of the page.
        query.andWhere((inner) =>
          inner
            .subQuery()
            .select(this.isActive())
            .from(User, 'user')
            .where('user.id = identity.userId')
            .getQuery(),
        );
      }
      return query.getRawMany<{ id: string }>();
    });
    const ids = (await Promise.all(pages)).flat().map(({ id }) => id);
    const first = [...new Set(ids)].sort().slice(0, limit);
    return this.users.find({ where: { id: In(first) }, order: { id: 'ASC' } });
  }

  private byNickname(
    appids: readonly string[],
    prefix: string,
    { state, after }: Start,
    limit: number,
  ): Promise<User[]> {
    const nickname = nicknameColumn(this.users.manager);
    const query = visibleIn(
      appids,
      this.users
        .createQueryBuilder('user')
        .where(`${nickname} >= :prefix AND ${nickname} < :end`, { prefix, end: prefix + LAST_CODE_POINT }),
    );
    if (state === 'active') query.andWhere(this.isActive());
    if (after?.by === 'nickname') {
      query.andWhere(`(${nickname} > :nickname OR (${nickname} = :nickname AND user.id > :id))`, after);
    }
    return query.orderBy(nickname).addOrderBy('user.id').limit(limit).getMany();
  }

  /** Disabled users, the last one first; users whose deletion is requested, the next one first. */
  private async byState(
    appids: readonly string[],
    { prefix }: Start,
    state: TimedState,
    after: Extract<DirectoryCursor, { by: TimedState }> | undefined,
    limit: number,
  ): Promise<Found> {
    const [member, order, beyond, from, to] =
      state === 'disabled'
        ? (['disabledAt', 'DESC', '<', 1, after?.at ?? LAST_TIME] as const)
        : (['deletesAt', 'ASC', '>', after?.at ?? 1, LAST_TIME] as const);
    // With both ends SQLite uses this index, not that of another condition, and needs no sorting.
    const query = visibleIn(
      appids,
      this.users.createQueryBuilder('user').where(`user.${member} BETWEEN :from AND :to`, { from, to }),
    );
    if (state === 'disabled') query.andWhere(`${disabledSinceSql(this.users.manager)} IS NOT NULL`);
    if (prefix !== undefined) query.andWhere(this.beginsWith(prefix));
    if (after) query.andWhere(`(user.${member} ${beyond} :at OR user.id > :id)`, after);
    const found = await query.orderBy(`user.${member}`, order).addOrderBy('user.id').limit(limit).getMany();
    return { found, cursorOf: (user) => ({ by: state, at: Number(user[member]), id: user.id }) };
  }

  /**
   * Returns the same as "`disabledSinceSql` is null and no deletion is requested", in a form whose share PostgreSQL can estimate.
   * Merged users have no identity, so no list has them.
   */
  private isActive(): string {
    const { manager } = this.users;
    // The sign keeps SQLite from the index of `deletes_at`, in which almost all users are equal.
    const sign = dialectOf(manager.connection) === 'sqlite' ? '+' : '';
    return (
      `(${sign} user.deletesAt) IS NULL AND ` +
      `(user.disabledAt IS NULL OR user.disabledUntil <= ${databaseNow(manager)})`
    );
  }

  private beginsWith(prefix: string): Brackets {
    const nickname = nicknameColumn(this.users.manager);
    return new Brackets((either) => {
      either.where(`${nickname} >= :prefix AND ${nickname} < :end`, {
        prefix,
        end: prefix + LAST_CODE_POINT,
      });
      if (ID_PREFIX.test(prefix))
        either.orWhere('user.id >= :prefix AND user.id < :idEnd', { prefix, idEnd: `${prefix}g` });
    });
  }
}
