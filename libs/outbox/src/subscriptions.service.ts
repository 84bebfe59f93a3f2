import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { OutageLog, withTimeout } from '@app/common';
import type { OutboxEventKind } from './outbox-event.js';
import { WebhookEndpoint } from './webhook-endpoint.entity.js';

const READ_EVERY_MS = 1000;
/** If the last reading is older, a write reads the table itself. */
const MAX_AGE_MS = 5000;
const TIMEOUT_MS = 4000;

type EndpointsByKind = ReadonlyMap<string, readonly string[]>;

/**
 * Knows the subscribed kinds of events without a statement per event: reads the endpoints once a second. So an endpoint gets
 * the events of each instance from a second after its creation at the latest.
 */
@Injectable()
export class SubscriptionsService implements OnModuleInit, OnApplicationShutdown {
  private readonly outage = new OutageLog(new Logger(SubscriptionsService.name), {
    failing: 'the endpoints of webhooks cannot be read',
    recovered: 'the endpoints of webhooks are read again',
  });
  private byKind: EndpointsByKind = new Map();
  private readAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(@InjectRepository(WebhookEndpoint) private readonly endpoints: Repository<WebhookEndpoint>) {}

  async onModuleInit(): Promise<void> {
    await this.poll();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /**
   * Returns the ids of the endpoints that subscribe to a kind. A hot path: runs no statement while the last reading is recent.
   * @param manager of the write that changes something
   */
  async subscribersTo(kind: OutboxEventKind, manager: EntityManager): Promise<readonly string[]> {
    const isRecent = performance.now() - this.readAt <= MAX_AGE_MS;
    const byKind = isRecent ? this.byKind : await read(manager);
    return byKind.get(kind) ?? [];
  }

  /** The ids of all endpoints at the last reading. */
  get endpointIds(): readonly string[] {
    return [...new Set([...this.byKind.values()].flat())];
  }

  /** Reads the endpoints now, after a change of this instance. Never throws: if it fails, the next reading is within a second. */
  async refresh(): Promise<void> {
    const beganAt = performance.now();
    try {
      this.byKind = await withTimeout(read(this.endpoints.manager), TIMEOUT_MS);
      this.readAt = beganAt;
      this.outage.succeeded();
    } catch (error) {
      this.outage.failed((error as Error).message);
    }
  }

  private async poll(): Promise<void> {
    await this.refresh();
    if (!this.stopped) this.timer = setTimeout(() => void this.poll(), READ_EVERY_MS).unref();
  }
}

async function read(manager: EntityManager): Promise<EndpointsByKind> {
  const endpoints = await manager.find(WebhookEndpoint, { select: { id: true, events: true } });
  const byKind = new Map<string, string[]>();
  for (const { id, events } of endpoints) {
    for (const kind of events.split(' ')) byKind.set(kind, [...(byKind.get(kind) ?? []), id]);
  }
  return byKind;
}
