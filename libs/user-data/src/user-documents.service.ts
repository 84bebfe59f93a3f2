import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, type Repository } from 'typeorm';
import { Database, insertRow, lockRows, Prepared } from '@app/database';
import { Problem } from '@app/problem';
import { User } from '@app/users';
import { namesVersion } from './entity-tag.js';
import { storedText } from './stored-text.js';
import { UserDocument } from './user-document.entity.js';

/** A document as stored: JSON text, and the version that is its ETag. */
export type StoredDocument = Pick<UserDocument, 'body' | 'version'>;

const MAX_BODY_BYTES = 64 * 1024;
const NEW_USERS_DOCUMENT: StoredDocument = { body: '{"items":[]}', version: 0 };

const READ = new Prepared((manager, where: { userId: string }) =>
  manager
    .createQueryBuilder(UserDocument, 'document')
    .select(['document.body AS body', 'document.version AS version'])
    .where('document.userId = :userId', where),
);

interface Owner {
  merged_into: string | null;
  /** null before the first write */
  version: number | null;
}

/** Whose document it is, as far as a write must know. */
const OWNER = new Prepared((manager, where: { userId: string }) =>
  manager
    .createQueryBuilder(User, 'user')
    .leftJoin(UserDocument, 'document', 'document.userId = user.id')
    .select(['user.mergedInto AS merged_into', 'document.version AS version'])
    .where('user.id = :userId', where),
);

/** The documents of users. */
@Injectable()
export class UserDocuments {
  constructor(
    @InjectRepository(UserDocument) private readonly documents: Repository<UserDocument>,
    private readonly database: Database,
  ) {}

  /** The user's document; a new user has `{items: []}` in version 0. */
  async read(userId: string): Promise<StoredDocument> {
    const [row] = await READ.rows<StoredDocument>(this.documents.manager, { userId });
    return row ?? NEW_USERS_DOCUMENT;
  }

  /**
   * Replaces the user's document.
   * @param ifMatch the `If-Match` header of the request
   * @returns the new version
   * @throws {Problem} `validation_failed` without a document or with a member `code` in it, `payload_too_large` over 64 KiB as stored,
   * `precondition_failed` when `ifMatch` does not name the present version, `token_revoked` when the user was merged into
   * another since the guard looked; nothing is written then
   */
  async replace(userId: string, document: object | undefined, ifMatch: string | undefined): Promise<number> {
    if (!document) throw new Problem('validation_failed', { detail: 'the body must be a JSON object' });
    if (Object.hasOwn(document, 'code')) {
      throw new Problem('validation_failed', {
        detail: 'a document has no member `code`: reading it answers with one',
      });
    }
    const body = storedText(document);
    if (Buffer.byteLength(body) > MAX_BODY_BYTES) throw new Problem('payload_too_large');
    const version = await this.database.write(
      (manager) => replaceBody(manager, userId, body, ifMatch),
      userId,
    );
    if (version === undefined) throw new Problem('precondition_failed');
    return version;
  }

  /**
   * Makes one document of those of two users who are one person. The one that is not kept is gone.
   * @param manager of the {@link Database.write} that merges the users
   * @param from whose document goes away
   * @param into who has the document then
   * @param kept whose document it is: `from` or `into`
   * @returns the new version, above both
   */
  async merge(manager: EntityManager, from: string, into: string, kept: string): Promise<number> {
    const documents = await manager.findBy(UserDocument, { userId: In([from, into]) });
    const body = documents.find(({ userId }) => userId === kept)?.body ?? NEW_USERS_DOCUMENT.body;
    const version = Math.max(NEW_USERS_DOCUMENT.version, ...documents.map((one) => one.version)) + 1;
    await manager.delete(UserDocument, { userId: In([from, into]) });
    await insertRow(manager, UserDocument, { userId: into, version, body, updatedAt: Date.now() });
    return version;
  }
}

/** @returns undefined where `ifMatch` forbids it; it is no error here, so that writes beside it need not be undone */
async function replaceBody(
  manager: EntityManager,
  userId: string,
  body: string,
  ifMatch: string | undefined,
): Promise<number | undefined> {
  // Of two writers, or a writer and a merge, the second sees what the first left.
  await lockRows(manager, User, { id: userId });
  const [user] = await OWNER.rows<Owner>(manager, { userId });
  if (!user || user.merged_into !== null) throw new Problem('token_revoked');
  const version = user.version ?? NEW_USERS_DOCUMENT.version;
  if (ifMatch !== undefined && !namesVersion(ifMatch, version)) return undefined;
  const next = { version: version + 1, body, updatedAt: Date.now() };
  if (user.version !== null) await manager.update(UserDocument, { userId }, next);
  else await insertRow(manager, UserDocument, { userId, ...next });
  return next.version;
}
