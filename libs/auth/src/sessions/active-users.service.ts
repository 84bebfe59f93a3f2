import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { Database } from '@app/database';
import { dayOf, Session } from './session.entity.js';

/** Counts the users who use the service. */
@Injectable()
export class ActiveUsersService {
  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    private readonly database: Database,
  ) {}

  /** Returns how many users of some mini-programs have logged in or refreshed since 0:00 UTC. Reads the day in an index. */
  async today(appids: readonly string[]): Promise<number> {
    const day = dayOf(this.database.clock.now());
    const row = await this.sessions
      .createQueryBuilder('session')
      .select('COUNT(DISTINCT session.userId)', 'users')
      .where('session.lastUsedDay = :day AND session.appid IN (:...appids)', { day, appids })
      .getRawOne<{ users: number | string }>();
    return Number(row?.users ?? 0);
  }
}
