import { setMaxListeners } from 'node:events';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { OutageLog } from '@app/common';
import { SubscriptionsService, WebhookEndpoint } from '@app/outbox';
import { type Attempt, type DueMessage, OutboxQueueService } from './outbox-queue.service.js';
import { isDelivered, WebhookSenderService } from './webhook-sender.service.js';

const POLL_EVERY_MS = 500;
/** Attempts under way at a shutdown may end in this time. They are sent again by another process if not. */
const SHUTDOWN_GRACE_MS = 2000;

/** What one endpoint needs between two batches. */
interface Receiver {
  readonly outage: OutageLog;
  /** The delivery under way. */
  running: Promise<void> | undefined;
  /** Results that the database has not taken yet. Nothing else is sent before. */
  unrecorded: readonly Attempt[];
}

/**
 * Delivers the messages of the outbox. Each endpoint has its own queue and its own batch under way, so a receiver that is slow
 * or dead delays no other one. Runs in the processes that serve requests, not in commands.
 */
@Injectable()
export class WebhookDeliveryService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(WebhookDeliveryService.name);
  private readonly receivers = new Map<string, Receiver>();
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    @InjectRepository(WebhookEndpoint) private readonly endpoints: Repository<WebhookEndpoint>,
    private readonly subscriptions: SubscriptionsService,
    private readonly queue: OutboxQueueService,
    private readonly sender: WebhookSenderService,
    private readonly host: HttpAdapterHost,
  ) {}

  onApplicationBootstrap(): void {
    // Each attempt under way listens to it.
    setMaxListeners(0, this.stopping.signal);
    // A command has no HTTP side.
    const { httpAdapter } = this.host as Partial<HttpAdapterHost>;
    if (httpAdapter) this.timer = setInterval(this.poll, POLL_EVERY_MS).unref();
  }

  /** Runs before the database closes. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopped = true;
    const abort = setTimeout(() => {
      this.stopping.abort();
    }, SHUTDOWN_GRACE_MS);
    await Promise.all([...this.receivers.values()].flatMap(({ running }) => running ?? []));
    clearTimeout(abort);
    // If the database does not answer, the leases end by themselves.
    await this.queue.release().catch(() => undefined);
  }

  private readonly poll = (): void => {
    for (const id of this.subscriptions.endpointIds) {
      const receiver = this.receiver(id);
      receiver.running ??= this.deliver(id, receiver).finally(() => {
        receiver.running = undefined;
      });
    }
  };

  /** Sends everything that is due. Never throws. */
  private async deliver(endpointId: string, receiver: Receiver): Promise<void> {
    try {
      do await this.recordResults(endpointId, receiver);
      while (await this.sendBatch(endpointId, receiver));
    } catch (error) {
      receiver.outage.failed((error as Error).message);
    }
  }

  private async recordResults(endpointId: string, receiver: Receiver): Promise<void> {
    if (receiver.unrecorded.length === 0) return;
    await this.queue.record(endpointId, receiver.unrecorded);
    receiver.unrecorded = [];
  }

  /** Returns whether there were messages to send. Their results are then in `receiver.unrecorded`. */
  private async sendBatch(endpointId: string, receiver: Receiver): Promise<boolean> {
    const due = this.stopped ? [] : await this.queue.take(endpointId);
    if (due.length === 0) return false;
    const endpoint = await this.endpoints.findOneBy({ id: endpointId });
    // It was removed, and its messages with it.
    if (!endpoint) return false;
    receiver.unrecorded = await this.sendAll(endpoint, due);
    const results = receiver.unrecorded.map(({ result }) => result);
    if (results.some(isDelivered)) receiver.outage.succeeded();
    else if (results[0] !== undefined) receiver.outage.failed(results[0]);
    return true;
  }

  private async sendAll(endpoint: WebhookEndpoint, due: readonly DueMessage[]): Promise<Attempt[]> {
    const attempts = due.map(async (message) => {
      const content = { id: message.eventId, body: message.payload };
      return { message, result: await this.sender.send(endpoint, content, this.stopping.signal) };
    });
    // Whether the receiver got an aborted message is not known: it is sent again.
    return (await Promise.all(attempts)).filter(({ result }) => result !== 'ABORT_ERR');
  }

  private receiver(id: string): Receiver {
    const known = this.receivers.get(id);
    if (known) return known;
    const outage = new OutageLog(this.logger, {
      failing: 'a webhook is not delivered',
      recovered: 'webhooks are delivered again',
      about: { webhook_endpoint: id },
    });
    const receiver: Receiver = { outage, running: undefined, unrecorded: [] };
    this.receivers.set(id, receiver);
    return receiver;
  }
}
