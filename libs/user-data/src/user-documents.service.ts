import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { Database, insertRow, lockRows, Prepared } from '@app/database';
import { Problem } from '@app/problem';
import { User } from '@app/users';
import { namesVersion, versionOf } from './entity-tag.js';
import { storedText } from './stored-text.js';
import { UserDocument } from './user-document.entity.js';

/** A stored document: JSON text, and the version that is its ETag. */
export type StoredDocument = Pick<UserDocument, 'body' | 'version'>;

const MAX_BODY_BYTES = 64 * 1024;
/** The document of a user who has stored none. */
export const NEW_USERS_DOCUMENT: StoredDocument = { body: '{"items":[]}', version: 0 };

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

/** What a write must know about the owner of the document. */
const OWNER = new Prepared((manager, where: { userId: string }) =>
  manager
    .createQueryBuilder(User, 'user')
    .leftJoin(UserDocument, 'document', 'document.userId = user.id')
    .select(['user.mergedInto AS merged_into', 'document.version AS version'])
    .where('user.id = :userId', where),
);

interface Replacement {
  userId: string;
  body: string;
  version: number;
  now: number;
}

/**
 * Replaces a known version, as a whole write: for PostgreSQL. Locks the user's row, because a merge may be replacing the document.
 */
const REPLACE_ALONE = new Prepared((manager, { body, now, ...parameters }: Replacement) =>
  manager
    .createQueryBuilder()
    .update(UserDocument)
    .set({ body, updatedAt: now, version: () => 'version + 1' })
    .where('user_id = (SELECT id FROM users WHERE id = :userId AND merged_into IS NULL FOR UPDATE)')
    .andWhere('version = :version', parameters)
    .returning('version'),
);

/** Reads and replaces the documents of users. */
@Injectable()
export class UserDocumentsService {
  constructor(
    @InjectRepository(UserDocument) private readonly documents: Repository<UserDocument>,
    private readonly database: Database,
  ) {}

  /**
   * Returns the user's document; a new user has `{items: []}` in version 0.
   * @param manager of a {@link Database.write}, to read what it has written
   */
  async read(userId: string, manager = this.documents.manager): Promise<StoredDocument> {
    const [row] = await READ.rows<StoredDocument>(manager, { userId });
    return row ?? NEW_USERS_DOCUMENT;
  }

  /** Returns the size of the stored document in UTF-8; 0 if there is none. */
  async bytesOf(userId: string): Promise<number> {
    const { body, version } = await this.read(userId);
    return version === 0 ? 0 : Buffer.byteLength(body);
  }

  /**
   * Replaces the user's document.
   * @param ifMatch the `If-Match` header of the request
   * @returns the new version
   * @throws {Problem} `validation_failed` without a document or with a member `code` in it, `payload_too_large` over 64 KiB as stored,
   * `precondition_failed` when `ifMatch` does not name the present version, `token_revoked` when the user was merged into
   * another after the guard's check. Nothing is written then
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
    const version =
      (await this.replaceAlone(userId, body, ifMatch)) ??
      (await this.database.write((manager) => replaceBody(manager, userId, body, ifMatch), userId));
    if (version === undefined) throw new Problem('precondition_failed');
    return version;
  }

  /** Replaces in one statement where the database can. @returns undefined if nothing was changed */
  private async replaceAlone(
    userId: string,
    body: string,
    ifMatch: string | undefined,
  ): Promise<number | undefined> {
    const version = ifMatch === undefined ? undefined : versionOf(ifMatch);
    if (version === undefined) return undefined;
    const parameters = { userId, body, version, now: Date.now() };
    const rows = await this.database.writeAlone((manager) =>
      REPLACE_ALONE.returned<{ version: number }>(manager, parameters),
    );
    return rows?.[0]?.version;
  }
}

/** @returns undefined if `ifMatch` forbids the write: an error would make concurrent writes run again */
async function replaceBody(
  manager: EntityManager,
  userId: string,
  body: string,
  ifMatch: string | undefined,
): Promise<number | undefined> {
  // Of two writers, or a writer and a merge, the second reads what the first committed.
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
