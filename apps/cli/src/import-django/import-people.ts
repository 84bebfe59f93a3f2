import { In, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { newId } from '@app/database';
import { UserDocument } from '@app/user-data';
import { User, WeixinIdentity } from '@app/users';
import type { DjangoPerson } from './django-person.js';

/** What an import adds, or would add. */
export interface ImportedRows {
  readonly users: User[];
  readonly identities: WeixinIdentity[];
  readonly documents: UserDocument[];
}

/**
 * Returns the rows that are missing of some people. Existing users and documents stay as they are: they may have changed.
 * @param people each openid once
 */
export async function missingRows(
  manager: EntityManager,
  appid: string,
  people: readonly DjangoPerson[],
): Promise<ImportedRows> {
  const known = await manager.find(WeixinIdentity, {
    select: { openid: true, userId: true },
    where: { appid, openid: In(people.map(({ openid }) => openid)) },
  });
  const userIds = new Map(known.map(({ openid, userId }) => [openid, userId]));
  const kept = await manager.find(UserDocument, {
    select: { userId: true },
    where: { userId: In([...userIds.values()]) },
  });
  const haveDocuments = new Set(kept.map(({ userId }) => userId));
  const rows: ImportedRows = { users: [], identities: [], documents: [] };
  for (const person of people) {
    const knownId = userIds.get(person.openid);
    const user = newUser(person);
    if (knownId === undefined) {
      rows.users.push(user);
      rows.identities.push(newIdentity(appid, person, user.id));
    }
    const userId = knownId ?? user.id;
    if (person.body !== undefined && !haveDocuments.has(userId))
      rows.documents.push({ userId, version: 1, body: person.body, updatedAt: Date.now() });
  }
  return rows;
}

/** Inserts the rows. */
export async function insertRows(
  manager: EntityManager,
  { users, identities, documents }: ImportedRows,
): Promise<void> {
  const insert = (entity: typeof User | typeof WeixinIdentity | typeof UserDocument, values: object[]) =>
    values.length === 0
      ? undefined
      : manager.createQueryBuilder().insert().into(entity).values(values).updateEntity(false).execute();
  await insert(User, users);
  await insert(WeixinIdentity, identities);
  await insert(UserDocument, documents);
}

function newUser({ joinedAt, isActive }: DjangoPerson): User {
  return {
    // An id begins with the time at which its user was created.
    id: uuid({ msecs: joinedAt }),
    createdAt: joinedAt,
    nickname: null,
    avatarUrl: null,
    disabledAt: isActive ? null : Date.now(),
    disabledUntil: null,
    mergedInto: null,
    customClaims: null,
    deletesAt: null,
    deletionBy: null,
  };
}

function newIdentity(appid: string, { openid, joinedAt }: DjangoPerson, userId: string): WeixinIdentity {
  return {
    id: newId(),
    appid,
    openid,
    userId,
    unionid: null,
    // Django stores none: the first login brings it.
    sessionKey: null,
    sessionKeyAt: 0,
    createdAt: joinedAt,
  };
}
