import { Injectable } from '@nestjs/common';
import { AuthEvents, type ClientInfo } from '@app/audit';
import { type Principal, Sessions } from '@app/auth';
import { Database } from '@app/database';
import { UserDocuments } from '@app/user-data';
import { UserMerge, type WeixinExchange } from '@app/users';

/** What a merge has done. */
export interface Merged {
  /** The user who is no more. */
  readonly mergedUserId: string;
  /** Of the document, above both before. */
  readonly version: number;
}

/** Merges users, all of it or nothing. */
@Injectable()
export class MergeService {
  constructor(
    private readonly database: Database,
    private readonly users: UserMerge,
    private readonly documents: UserDocuments,
    private readonly sessions: Sessions,
    private readonly events: AuthEvents,
  ) {}

  /**
   * Merges the other user of the caller into the caller.
   * @param keep whose document it is to be
   * @param proof a fresh exchange of an identity of the other user, if not a unionid is the proof
   * @throws {Problem} what {@link UserMerge.merge} throws; nothing is written then
   */
  async merge(
    caller: Principal,
    keep: 'mine' | 'other',
    proof: WeixinExchange | undefined,
    client: ClientInfo,
  ): Promise<Merged> {
    const { userId, sessionId, appid } = caller;
    const who = { userId, sessionId, appid, client };
    const { ended, ...merged } = await this.database.write(async (manager) => {
      const { mergedUserId, otherUserId } = await this.users.merge(manager, userId, proof);
      const kept = keep === 'mine' ? userId : mergedUserId;
      const version = await this.documents.merge(manager, mergedUserId, userId, kept);
      const ended = await this.sessions.endMerged(manager, mergedUserId);
      // In the same write: it cannot be undone, so nobody may be left to guess what happened.
      await this.events.write(manager, { kind: 'users_merged', ...who, detail: mergedUserId });
      if (otherUserId !== undefined)
        await this.events.write(manager, { kind: 'union_conflict', ...who, detail: otherUserId });
      return { mergedUserId, version, ended };
    });
    this.sessions.announceEnded(ended);
    return merged;
  }
}
