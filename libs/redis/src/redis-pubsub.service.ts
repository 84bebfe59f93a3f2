import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { RedisClient } from './redis-client.js';
import { RedisConnectionService } from './redis-connection.service.js';

/** Publishes events to the other instances. Events can be lost, so subscribers must also read the state from the database. */
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
    // The client retries by itself, and the connection service logs the outage.
    void subscriber.connect().catch(() => undefined);
  }

  /**
   * Subscribes to a topic.
   * @param onMessage is called with each text that an instance publishes, this one included
   */
  subscribe(topic: string, onMessage: (text: string) => void): void {
    this.listeners.set(this.channelOf(topic), onMessage);
    // The connection may be older than the subscriber.
    if (this.subscriber?.status === 'ready') void this.subscribeAll(this.subscriber);
  }

  /** Publishes a text without waiting for the answer. Does nothing while Redis does not answer. */
  publish(topic: string, text: string): void {
    void this.connection.run((client) => client.publish(this.channelOf(topic), text));
  }

  private async subscribeAll(subscriber: RedisClient): Promise<void> {
    // A new connection has no subscriptions, so it subscribes again.
    if (this.listeners.size > 0) await subscriber.subscribe(...this.listeners.keys()).catch(() => undefined);
  }

  private channelOf(topic: string): string {
    return `${this.connection.prefix}${topic}`;
  }
}
