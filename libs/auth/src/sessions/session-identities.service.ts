import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { Problem } from '@app/problem';
import type { Principal } from '../principal.js';
import { Session } from './session.entity.js';

/** Which identity at WeChat a session was opened with. Tokens do not say so. */
@Injectable()
export class SessionIdentities {
  constructor(@InjectRepository(Session) private readonly sessions: Repository<Session>) {}

  /**
   * The id of the identity behind a request.
   * @throws {Problem} `token_revoked` for a session that is gone
   */
  async of({ sessionId, userId }: Principal): Promise<string> {
    const where = { id: sessionId, userId };
    const session = await this.sessions.findOne({ select: { identityId: true }, where });
    if (!session) throw new Problem('token_revoked');
    return session.identityId;
  }
}
