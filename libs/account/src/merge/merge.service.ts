import { Injectable } from '@nestjs/common';
import { AuthEventsService, type ClientInfo } from '@app/audit';
import type { Principal } from '@app/auth';
import { Database } from '@app/database';
import { writeWithEffects } from '@app/personal-data';
import { UserDocumentsService } from '@app/user-data';
import { type MergeInput, UserMergeService } from '@app/users';

/** The result of a merge. */
export interface CompletedMerge {
  /** The user who was merged into the caller. */
  readonly mergedUserId: string;
  /** The version of the caller's document, above both versions before. */
  readonly version: number;
}

/** Merges users in one transaction. */
@Injectable()
export class MergeService {
  constructor(
    private readonly database: Database,
    private readonly users: UserMergeService,
    private readonly events: AuthEventsService,
    private readonly documents: UserDocumentsService,
  ) {}

  /**
   * Merges the other user of the caller into the caller.
   * @throws {Problem} as {@link UserMergeService.merge}; nothing is written then
   */
  async merge(
    { userId, sessionId, appid }: Principal,
    input: Omit<MergeInput, 'userId'>,
    client: ClientInfo,
  ): Promise<CompletedMerge> {
    const event = { userId, sessionId, appid, client };
    return writeWithEffects(this.database, async (manager, effects) => {
      const { mergedUserId, otherUserId } = await this.users.merge(manager, { userId, ...input }, effects);
      // In the same transaction, because a merge cannot be undone and must not happen without its event.
      await this.events.write(manager, { kind: 'users_merged', ...event, detail: mergedUserId });
      if (otherUserId !== undefined)
        await this.events.write(manager, { kind: 'union_conflict', ...event, detail: otherUserId });
      const { version } = await this.documents.read(userId, manager);
      return { mergedUserId, version };
    });
  }
}
