import { Injectable } from '@nestjs/common';
import { RedisConnectionService } from './redis-connection.service.js';

/** Counts hits for all instances together, by the clock of Redis. */
@Injectable()
export class RedisHitCounterService {
  constructor(private readonly connection: RedisConnectionService) {}

  /** Whether `REDIS_URL` is set. */
  get isConfigured(): boolean {
    return this.connection.isConfigured;
  }

  /**
   * Counts one hit. The first hit of a key opens a window. After its end, the next hit opens another.
   * @returns the hits in the window with this one and the milliseconds until it ends; undefined while Redis does not answer
   */
  async hit(key: string, windowMs: number): Promise<{ hits: number; leftMs: number } | undefined> {
    const answer = await this.connection.run((client) =>
      client.hit(`${this.connection.prefix}window:${key}`, windowMs),
    );
    return answer && { hits: answer[0], leftMs: answer[1] };
  }

  /**
   * Reads a window without counting a hit.
   * @returns as {@link hit}; 0 hits if no window is open
   */
  async peek(key: string, windowMs: number): Promise<{ hits: number; leftMs: number } | undefined> {
    const answer = await this.connection.run((client) =>
      client.peek(`${this.connection.prefix}window:${key}`, windowMs),
    );
    return answer && { hits: answer[0], leftMs: answer[1] };
  }
}
