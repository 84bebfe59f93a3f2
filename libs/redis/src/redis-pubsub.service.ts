import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { RedisClient } from './redis-client.js';
import { RedisConnectionService } from './redis-connection.service.js';

/** Publishes events to the other instances. An event may get lost: a subscriber needs another way to learn of it. */
@Injectable()
export class RedisPubSubService implements OnModuleInit {
  /** A connection that subscribes can send no other commands. */
  private readonly subscriber: RedisClient | undefined;
  private readonly listeners = new Map<string, (text: string) => void>();

  constructor(private readonly connection: RedisConnectionService) {
    this.subscriber = connection.open();
  }

  onModuleInit(): void {
    const { subscriber } = this;
    if (!subscriber) return;
    subscriber.on('message', (channel: string, text: string) => this.listeners.get(channel)?.(text));
    subscriber.on('ready', () => void this.subscribeAll(subscriber));
    // It tries again by itself, and the connection service logs a Redis that does not answer.
    void subscriber.connect().catch(() => undefined);
  }

  /** @param onMessage is called with each text that an instance publishes there, this one included */
  subscribe(topic: string, onMessage: (text: string) => void): void {
    this.listeners.set(this.channelOf(topic), onMessage);
  }

  /** Does not wait for the answer, and does nothing while Redis does not answer. */
  publish(topic: string, text: string): void {
    void this.connection.run((client) => client.publish(this.channelOf(topic), text));
  }

  private async subscribeAll(subscriber: RedisClient): Promise<void> {
    // A lost connection loses its subscriptions: the next one subscribes again.
    if (this.listeners.size > 0) await subscriber.subscribe(...this.listeners.keys()).catch(() => undefined);
  }

  private channelOf(topic: string): string {
    return `${this.connection.prefix}${topic}`;
  }
}
