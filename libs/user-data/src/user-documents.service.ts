import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { Database, insertRow, Prepared } from '@app/database';
import { Problem } from '@app/problem';
import { allowsVersion } from './if-match.js';
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
   * `precondition_failed` when `ifMatch` does not name the present version; nothing is written then
   */
  async replace(userId: string, document: object | undefined, ifMatch: string | undefined): Promise<number> {
    if (!document) throw new Problem('validation_failed', { detail: 'the body must be a JSON object' });
    if (Object.hasOwn(document, 'code')) {
      throw new Problem('validation_failed', {
        detail: 'a document has no member `code`: reading it answers with one',
      });
    }
    const body = JSON.stringify(document);
    if (Buffer.byteLength(body) > MAX_BODY_BYTES) throw new Problem('payload_too_large');
    const version = await this.database.write(
      (manager) => replaceBody(manager, userId, body, ifMatch),
      userId,
    );
    if (version === undefined) throw new Problem('precondition_failed');
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
  const stored = await manager.findOne(UserDocument, {
    where: { userId },
    select: { userId: true, version: true },
  });
  const version = stored?.version ?? NEW_USERS_DOCUMENT.version;
  if (!allowsVersion(ifMatch, version)) return undefined;
  const next = { version: version + 1, body, updatedAt: Date.now() };
  if (stored) await manager.update(UserDocument, { userId }, next);
  else await insertRow(manager, UserDocument, { userId, ...next });
  return next.version;
}
