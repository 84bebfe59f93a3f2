import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { OutageLog, withTimeout } from '@app/common';
import { Config } from '@app/config';
import { Database, databaseNow } from '@app/database';
import { Problem } from '@app/problem';
import { RedisPubSubService } from '@app/redis';
import { User } from '@app/users';
import type { Principal } from '../../principal.js';
import { Session } from '../session.entity.js';
import { sessionIdsIn } from './ended-news.js';
import { ENDED_SESSIONS } from './ended-sessions.js';
import { RevokedSet } from './revoked-set.js';

const POLL_EVERY_MS = 1000;
/** A poll older than this is not trusted: the guard asks the database instead. */
const TRUSTED_FOR_MS = 5000;
/** A database that does not answer within this time counts as failed. */
const ANSWER_WITHIN_MS = 4000;
/** A revocation may be committed this long after the time it carries. */
const LATE_COMMIT_SECONDS = 120;
/** A clock that is further behind is warned of, and its instance refuses tokens of others anyway. */
const MAX_BEHIND_MS = 3_600_000;
/** Of the news to the other instances. */
const TOPIC = 'ended-sessions';

/**
 * Lets revocations reach access tokens without a query per request. In memory are the sessions and users revoked within
 * the last lifetime of an access token; older revocations have no live access token. The feed is the database, re-read
 * every second by its own clock, so that neither a late commit nor a wrong clock of an instance hides one. Redis, where there
 * is one, only tells the other instances sooner.
 */
@Injectable()
export class Revocations implements OnModuleInit, OnApplicationShutdown {
  private readonly outage = new OutageLog(new Logger(Revocations.name), {
    failing: 'the feed of revocations',
    recovered: 'the feed of revocations: works again',
    eachReason: true,
  });
  private readonly revokedSessions = new RevokedSet();
  private readonly disabledUsers = new RevokedSet();
  private readonly windowMs: number;
  private readonly usedWindowMs: number;
  private lastGoodPollBeganAt = -Infinity;
  private timer?: NodeJS.Timeout;
  private stopped = false;

  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly pubSub: RedisPubSubService,
    private readonly database: Database,
    config: Config,
  ) {
    this.windowMs = (config.ACCESS_TOKEN_TTL_SECONDS + LATE_COMMIT_SECONDS) * 1000;
    // A token may be issued within the grace, which does not count as a use.
    this.usedWindowMs = this.windowMs + config.REFRESH_REUSE_GRACE_SECONDS * 1000;
  }

  async onModuleInit(): Promise<void> {
    this.pubSub.subscribe(TOPIC, (text) => {
      this.remember(sessionIdsIn(text));
    });
    await this.poll();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** Tells this instance at once what it has just committed itself, and the others as soon as Redis can. */
  addSessions(ids: readonly string[]): void {
    this.remember(ids);
    if (ids.length > 0) this.pubSub.publish(TOPIC, JSON.stringify(ids));
    if (ENDED_SESSIONS.hasSubscribers) ENDED_SESSIONS.publish(ids.length);
  }

  /**
   * Lets a principal pass or not. A hot path: no I/O while the last poll is fresh.
   * @throws {Problem} `user_disabled` 403, `token_revoked` 401; `database_unavailable` 503 when it must ask and gets no answer
   */
  assertLive(principal: Principal): void | Promise<void> {
    if (performance.now() - this.lastGoodPollBeganAt > TRUSTED_FOR_MS) return this.askDatabase(principal);
    if (this.disabledUsers.has(principal.userId)) throw new Problem('user_disabled');
    if (this.revokedSessions.has(principal.sessionId)) throw new Problem('token_revoked');
  }

  private remember(ids: readonly string[]): void {
    for (const id of ids) this.revokedSessions.add(id, performance.now());
  }

  private async poll(): Promise<void> {
    const beganAt = performance.now();
    try {
      const [sessionIds, userIds] = await withTimeout(
        Promise.all([this.recentlyRevoked(), this.recentlyDisabled()]),
        ANSWER_WITHIN_MS,
      );
      this.revokedSessions.replace(sessionIds, beganAt);
      this.disabledUsers.replace(userIds, beganAt);
      this.lastGoodPollBeganAt = beganAt;
      this.outage.worked();
    } catch (error) {
      this.outage.failed((error as Error).message);
    }
    if (!this.stopped) this.timer = setTimeout(() => void this.poll(), POLL_EVERY_MS).unref();
  }

  /** Without those whose last tokens were issued too long ago to live: of the sessions that make room, most. */
  private async recentlyRevoked(): Promise<string[]> {
    const rows = await this.sessions
      .createQueryBuilder('session')
      .select('session.id', 'id')
      .where(`session.revokedAt > ${databaseNow(this.sessions.manager)} - :windowMs`)
      .andWhere(`session.lastUsedAt > ${databaseNow(this.sessions.manager)} - :usedWindowMs`)
      .setParameters({
        windowMs: this.windowMs + this.behindMs,
        usedWindowMs: this.usedWindowMs + this.behindMs,
      })
      .getRawMany<{ id: string }>();
    return rows.map(({ id }) => id);
  }

  /** A clock that is behind lets an access token live that much longer. */
  private get behindMs(): number {
    return Math.min(Math.max(-this.database.clock.skewMs, 0), MAX_BEHIND_MS);
  }

  private async recentlyDisabled(): Promise<string[]> {
    const rows = await this.users
      .createQueryBuilder('user')
      .select('user.id', 'id')
      .where(`user.disabledAt > ${databaseNow(this.users.manager)} - :windowMs`, { windowMs: this.windowMs })
      .getRawMany<{ id: string }>();
    return rows.map(({ id }) => id);
  }

  private async askDatabase({ userId, sessionId }: Principal): Promise<void> {
    const rows = Promise.all([
      this.users.findOne({ select: { id: true, disabledAt: true }, where: { id: userId } }),
      this.sessions.findOne({ select: { id: true, revokedAt: true }, where: { id: sessionId } }),
    ]);
    const [user, session] = await withTimeout(rows, ANSWER_WITHIN_MS).catch(() => {
      // Never let through, and never log out, for want of an answer.
      throw new Problem('database_unavailable', { retryAfterSeconds: 5 });
    });
    if (user && user.disabledAt !== null) throw new Problem('user_disabled');
    if (!user || !session || session.revokedAt !== null) throw new Problem('token_revoked');
  }
}
