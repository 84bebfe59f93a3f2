import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { OutageLog, withTimeout } from '@app/common';
import { Config } from '@app/config';
import { createClient, type RedisClient } from './redis-client.js';

/** The longest time that a request waits for a Redis that has just stopped answering. */
const ANSWER_WITHIN_MS = 150;
const START_WITHIN_MS = 1000;
const PROBE_EVERY_MS = 1000;

/**
 * Holds the connections to the Redis of `REDIS_URL`. The service works without Redis: while it is down, frozen or slow, no
 * request waits for it. Only a background probe calls it, once a second.
 */
@Injectable()
export class RedisConnectionService implements OnModuleInit, OnApplicationShutdown {
  private readonly outage = new OutageLog(new Logger('Redis'), {
    failing: 'the Redis of REDIS_URL does not answer',
    recovered: 'the Redis of REDIS_URL answers again',
  });
  /** The prefix of all keys and channels. Several services can share one Redis with different prefixes. */
  readonly prefix: string;
  private readonly url: string | undefined;
  private readonly clients: RedisClient[] = [];
  private readonly commands: RedisClient | undefined;
  private isUp = false;
  /** Why the connection was lost, which the error of a command does not contain. */
  private fault: Error | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(config: Config) {
    this.url = config.REDIS_URL;
    this.prefix = `weapp-passport:${config.JWT_ISSUER}:`;
    this.commands = this.open();
  }

  /** Whether `REDIS_URL` is set. */
  get isConfigured(): boolean {
    return this.commands !== undefined;
  }

  /** Returns a further client; undefined if `REDIS_URL` is not set. */
  open(): RedisClient | undefined {
    if (this.url === undefined) return undefined;
    const client = createClient(this.url);
    client.on('error', (error) => (this.fault = error));
    this.clients.push(client);
    return client;
  }

  /** Connects before the first request; a Redis that does not answer delays the start by a second at most. */
  async onModuleInit(): Promise<void> {
    if (!this.commands) return;
    this.commands.on('close', () => {
      this.onFailure(new Error('the connection was closed'));
    });
    // The probe logs the result.
    await withTimeout(this.commands.connect(), START_WITHIN_MS).catch(() => undefined);
    await this.probe(this.commands);
  }

  /**
   * Runs a command.
   * @returns undefined if Redis does not answer in time; the reason is logged once
   */
  async run<T>(command: (client: RedisClient) => Promise<T>): Promise<T | undefined> {
    if (!this.commands || !this.isUp) return undefined;
    try {
      return await withTimeout(command(this.commands), ANSWER_WITHIN_MS);
    } catch (error) {
      this.onFailure(error as Error);
      return undefined;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    // QUIT runs after the commands that were sent before it, such as the event of a logout.
    if (this.isUp) await this.run((client) => client.quit());
    for (const client of this.clients) client.disconnect();
  }

  /** Counts a hit, because a Redis that answers PING may be a replica, full, or still loading. */
  private async probe(client: RedisClient): Promise<void> {
    try {
      await withTimeout(client.hit(`${this.prefix}probe`, 1000), ANSWER_WITHIN_MS);
      this.outage.succeeded();
      this.isUp = true;
    } catch (error) {
      // A hanging connection may hang for minutes. New connections may work.
      if (client.status === 'ready') for (const each of this.clients) each.disconnect(true);
      this.onFailure(error as Error);
    }
  }

  private onFailure(error: Error): void {
    if (this.stopped) return;
    const { message } = this.fault ?? error;
    this.outage.failed(
      `${message}. Until it does, limits count per instance, and the end of a session takes up to two seconds to reach ` +
        'the other instances.',
    );
    this.isUp = false;
    this.fault = undefined;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (this.commands) void this.probe(this.commands);
    }, PROBE_EVERY_MS).unref();
  }
}
