import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { RedisClient } from './redis-client.js';
import { RedisLink } from './redis-link.service.js';

/** Tells the other instances what just happened here. News may get lost: whoever listens has another way to know. */
@Injectable()
export class RedisNews implements OnModuleInit {
  /** A connection that listens can do nothing else. */
  private readonly ear: RedisClient | undefined;
  private readonly listeners = new Map<string, (text: string) => void>();

  constructor(private readonly link: RedisLink) {
    this.ear = link.open();
  }

  onModuleInit(): void {
    const { ear } = this;
    if (!ear) return;
    ear.on('message', (channel: string, text: string) => this.listeners.get(channel)?.(text));
    ear.on('ready', () => void this.subscribe(ear));
    // It tries again by itself, and the link tells of a Redis that does not answer.
    void ear.connect().catch(() => undefined);
  }

  /** @param hear is given whatever anybody publishes there, this instance too */
  listen(topic: string, hear: (text: string) => void): void {
    this.listeners.set(this.channelOf(topic), hear);
  }

  /** Waits for nothing, and does nothing while Redis does not answer. */
  tell(topic: string, text: string): void {
    void this.link.ask((client) => client.publish(this.channelOf(topic), text));
  }

  private async subscribe(ear: RedisClient): Promise<void> {
    // Lost with its connection, and asked for again on the next.
    if (this.listeners.size > 0) await ear.subscribe(...this.listeners.keys()).catch(() => undefined);
  }

  private channelOf(topic: string): string {
    return `${this.link.prefix}${topic}`;
  }
}
