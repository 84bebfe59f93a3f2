import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { UserPhonesService } from '../phone-numbers/user-phones.service.js';
import { User } from '../user.entity.js';
import { WeixinIdentity } from '../weixin-identity.entity.js';
import { decodeCursor, encodeCursor } from './directory-cursor.js';
import { type DirectoryFilter, DirectoryPagesService } from './directory-pages.service.js';
import { visibleIn } from './visible-in.js';

/** A user as another back end may see it, without openid and full phone number. */
export interface ListedUser {
  readonly user: User;
  /** The mini-programs of the caller that the user has an identity in. */
  readonly appids: readonly string[];
  /** Masked; null if none is bound. */
  readonly phone: string | null;
}

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Of the next page; undefined after the last one. */
  readonly nextCursor: string | undefined;
}

/** Which users are listed. */
export interface DirectoryList extends DirectoryFilter {
  /** Of the page before. */
  readonly cursor?: string | undefined;
}

/** The exact value that users are searched by. */
export type UserKey = { readonly openid: string } | { readonly unionid: string } | { readonly phone: string };

const MAX_MERGES = 20;

/**
 * Finds users for other back ends. A caller sees the users who have an identity in one of its mini-programs, so a user without
 * identities is visible to no caller.
 */
@Injectable()
export class UserDirectoryService {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    @InjectRepository(WeixinIdentity) private readonly identities: Repository<WeixinIdentity>,
    private readonly phones: UserPhonesService,
    private readonly directoryPages: DirectoryPagesService,
  ) {}

  /** Returns a visible user. A merged user is visible if the one it was merged into is, and has no appids. */
  async find(appids: readonly string[], id: string): Promise<ListedUser | undefined> {
    const user = await this.users.findOneBy({ id });
    if (!user) return undefined;
    let owner: User | null = user;
    for (let merges = 0; owner?.mergedInto && merges < MAX_MERGES; merges += 1)
      owner = await this.users.findOneBy({ id: owner.mergedInto });
    if (!owner || !(await this.identities.existsBy({ userId: owner.id, appid: In([...appids]) })))
      return undefined;
    return (await this.listed(appids, [user]))[0];
  }

  /** Returns those of some ids that are of visible users. Merged users have no identities. */
  async visibleIds(appids: readonly string[], ids: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.identities.find({
      select: { userId: true },
      where: { userId: In([...ids]), appid: In([...appids]) },
    });
    return new Set(rows.map(({ userId }) => userId));
  }

  /** Counts the identities of each mini-program: reads the whole index of an app. */
  async counts(appids: readonly string[]): Promise<{ appid: string; identities: number }[]> {
    return Promise.all(
      appids.map(async (appid) => ({ appid, identities: await this.identities.countBy({ appid }) })),
    );
  }

  /** Counts the visible users. Reads the whole index of each mini-program. */
  async countUsers(appids: readonly string[]): Promise<number> {
    const row = await this.identities
      .createQueryBuilder('identity')
      .select('COUNT(DISTINCT identity.userId)', 'users')
      .where('identity.appid IN (:...appids)', { appids })
      .getRawOne<{ users: number | string }>();
    return Number(row?.users ?? 0);
  }

  /** Counts the visible users whose deletion is requested. */
  async countLeaving(appids: readonly string[]): Promise<number> {
    const row = await visibleIn(appids, this.users.createQueryBuilder('user').where('user.deletesAt > 0'))
      .select('COUNT(*)', 'users')
      .getRawOne<{ users: number | string }>();
    return Number(row?.users ?? 0);
  }

  /** Returns the identities of a user in mini-programs of the caller, the oldest first. */
  identitiesOf(appids: readonly string[], userId: string): Promise<WeixinIdentity[]> {
    return this.identities.find({ where: { userId, appid: In([...appids]) }, order: { id: 'ASC' } });
  }

  /**
   * Returns the ids of the other visible users who have a unionid of this one, the oldest first. They are the same person, who
   * can merge them without a code.
   */
  async sharersOf(appids: readonly string[], userId: string): Promise<string[]> {
    const own = await this.identitiesOf(appids, userId);
    const unionids = [...new Set(own.flatMap(({ unionid }) => unionid ?? []))];
    if (unionids.length === 0) return [];
    const where = { unionid: In(unionids) };
    const rows = await this.identities.find({ select: { userId: true, appid: true }, where });
    const others = rows.filter((row) => row.userId !== userId && appids.includes(row.appid));
    return [...new Set(others.map((row) => row.userId))].sort();
  }

  /** Returns the visible users of an openid, a unionid or a full phone number. */
  async search(appids: readonly string[], key: UserKey): Promise<ListedUser[]> {
    if ('phone' in key) return this.visible(appids, await this.phones.find(key.phone));
    // With the appid in the statement, SQLite reads all identities of the mini-program to find a unionid.
    const where = 'unionid' in key ? key : { ...key, appid: In([...appids]) };
    const rows = await this.identities.find({ select: { userId: true, appid: true }, where });
    const own = rows.filter(({ appid }) => appids.includes(appid)).map(({ userId }) => userId);
    return this.visible(appids, [...new Set(own)]);
  }

  /**
   * Returns users by id, or those whose id, then those whose nickname begins with a text; with a state that has a time, by that
   * time. Merged users are not in the list.
   * @throws {Problem} `validation_failed` for a cursor of another list
   */
  async list(appids: readonly string[], list: DirectoryList, limit: number): Promise<Page<ListedUser>> {
    const after = list.cursor === undefined ? undefined : decodeCursor(list.cursor);
    // Nicknames are stored in this form; ids do not change.
    const prefix = list.prefix?.normalize('NFC');
    const { found, cursorOf } = await this.directoryPages.page(appids, { ...list, prefix, after }, limit + 1);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const nextCursor = found.length > limit && last ? encodeCursor(cursorOf(last)) : undefined;
    return { items: await this.listed(appids, items), nextCursor };
  }

  private async visible(appids: readonly string[], ids: readonly string[]): Promise<ListedUser[]> {
    const users = await this.users.find({ where: { id: In([...ids]) }, order: { id: 'ASC' } });
    const listed = await this.listed(appids, users);
    return listed.filter((one) => one.appids.length > 0);
  }

  private async listed(appids: readonly string[], users: readonly User[]): Promise<ListedUser[]> {
    const ids = users.map(({ id }) => id);
    if (ids.length === 0) return [];
    const [phones, identities] = await Promise.all([
      this.phones.maskedOf(ids),
      this.identities.find({
        select: { userId: true, appid: true },
        where: { userId: In(ids), appid: In([...appids]) },
        order: { id: 'ASC' },
      }),
    ]);
    return users.map((user) => {
      const own = identities.filter(({ userId }) => userId === user.id).map(({ appid }) => appid);
      return { user, appids: [...new Set(own)], phone: phones.get(user.id) ?? null };
    });
  }
}
