import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { OutageLog, withTimeout } from '@app/common';
import { Config } from '@app/config';
import { Database, databaseNow } from '@app/database';
import { Problem } from '@app/problem';
import { RedisPubSubService } from '@app/redis';
import { disabledSince, User } from '@app/users';
import type { Principal } from '../../principal.js';
import { Session } from '../session.entity.js';
import { parseEndedSessions } from './ended-sessions-message.js';
import { SESSION_END_EVENTS } from './session-end-events.js';
import { RevokedSet } from './revoked-set.js';

const POLL_EVERY_MS = 1000;
/** If the last poll is older, the guard reads the database for each request. */
const MAX_POLL_AGE_MS = 5000;
/** Deadline of a read. */
const TIMEOUT_MS = 4000;
/** A revocation may be committed this long after the time it carries. */
const LATE_COMMIT_SECONDS = 120;
/** An instance whose clock is further behind refuses tokens of others anyway. */
const MAX_BEHIND_MS = 3_600_000;
/** Of the messages to other instances. */
const TOPIC = 'ended-sessions';

/**
 * Checks access tokens for revocation without a query per request. Holds the sessions and users revoked within the last
 * lifetime of an access token; older revocations have no live access token. The source is the database, read every second
 * by its own clock, so that neither a late commit nor a wrong clock of an instance hides a revocation. If `REDIS_URL` is
 * set, the other instances learn of a revocation sooner.
 */
@Injectable()
export class RevocationsService implements OnModuleInit, OnApplicationShutdown {
  private readonly outage = new OutageLog(new Logger(RevocationsService.name), {
    failing: 'the feed of revocations',
    recovered: 'the feed of revocations is read again',
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
    // A token can be issued within the grace, which does not change `last_used_at`.
    this.usedWindowMs = this.windowMs + config.REFRESH_REUSE_GRACE_SECONDS * 1000;
  }

  async onModuleInit(): Promise<void> {
    this.pubSub.subscribe(TOPIC, (text) => {
      this.remember(parseEndedSessions(text));
    });
    await this.poll();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** Publishes ended sessions after their commit: here immediately, to other instances through Redis and the next poll. */
  addSessions(ids: readonly string[]): void {
    this.remember(ids);
    if (ids.length > 0) this.pubSub.publish(TOPIC, JSON.stringify(ids));
    if (SESSION_END_EVENTS.hasSubscribers) SESSION_END_EVENTS.publish(ids.length);
  }

  /**
   * Throws if the user or the session of a principal is revoked. A hot path: no I/O while the last poll is recent.
   * @throws {Problem} `user_disabled` 403, `token_revoked` 401; `database_unavailable` 503 if polls fail and the database
   * does not answer
   */
  assertLive(principal: Principal): void | Promise<void> {
    if (performance.now() - this.lastGoodPollBeganAt > MAX_POLL_AGE_MS) return this.readDatabase(principal);
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
        TIMEOUT_MS,
      );
      this.revokedSessions.replace(sessionIds, beganAt);
      this.disabledUsers.replace(userIds, beganAt);
      this.lastGoodPollBeganAt = beganAt;
      this.outage.succeeded();
    } catch (error) {
      this.outage.failed((error as Error).message);
    }
    if (!this.stopped) this.timer = setTimeout(() => void this.poll(), POLL_EVERY_MS).unref();
  }

  /** Leaves out sessions whose last access token has expired: most of those that end because a user has too many. */
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

  /** How far the clock of this instance is behind: access tokens are accepted that much longer. */
  private get behindMs(): number {
    return Math.min(Math.max(-this.database.clock.skewMs, 0), MAX_BEHIND_MS);
  }

  private async recentlyDisabled(): Promise<string[]> {
    const rows = await this.users
      .createQueryBuilder('user')
      .select('user.id', 'id')
      .where(`user.disabledAt > ${databaseNow(this.users.manager)} - :windowMs`, { windowMs: this.windowMs })
      .andWhere(`(user.disabledUntil IS NULL OR user.disabledUntil > ${databaseNow(this.users.manager)})`)
      .getRawMany<{ id: string }>();
    return rows.map(({ id }) => id);
  }

  private async readDatabase({ userId, sessionId }: Principal): Promise<void> {
    const rows = Promise.all([
      this.users.findOne({
        select: { id: true, disabledAt: true, disabledUntil: true },
        where: { id: userId },
      }),
      this.sessions.findOne({ select: { id: true, revokedAt: true }, where: { id: sessionId } }),
    ]);
    const [user, session] = await withTimeout(rows, TIMEOUT_MS).catch(() => {
      // Without an answer the request is neither let through nor logged out.
      throw new Problem('database_unavailable', { retryAfterSeconds: 5 });
    });
    if (user && disabledSince(user, this.database.clock.now()) !== null) throw new Problem('user_disabled');
    if (!user || !session || session.revokedAt !== null) throw new Problem('token_revoked');
  }
}
