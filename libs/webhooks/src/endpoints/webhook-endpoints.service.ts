import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, type Repository } from 'typeorm';
import { AuthEventsService } from '@app/audit';
import { SealerService } from '@app/crypto';
import { Database, databaseNow, insertRow, newId, rowLock } from '@app/database';
import { type OutboxEventKind, OutboxMessage, SubscriptionsService, WebhookEndpoint } from '@app/outbox';
import { Problem } from '@app/problem';
import { newWebhookSecret, webhookSecretColumn } from './webhook-secret.js';

/** Each has its own connections, and each event that it subscribes to costs a row. */
const MAX_ENDPOINTS = 20;
/** Rows of one write of a removal: a receiver that was down for days has many, and logins wait behind the write. */
const BATCH = 500;

/** A secret that is shown once. */
export interface ShownWebhookSecret {
  readonly id: string;
  /** `whsec_…` */
  readonly secret: string;
}

/** Creates, rotates and removes endpoints. Each change is an audit event, and applies on every instance within a second. */
@Injectable()
export class WebhookEndpointsService {
  constructor(
    @InjectRepository(WebhookEndpoint) private readonly endpoints: Repository<WebhookEndpoint>,
    private readonly database: Database,
    private readonly sealer: SealerService,
    private readonly subscriptions: SubscriptionsService,
    private readonly events: AuthEventsService,
  ) {}

  /** Returns all endpoints, the oldest first. */
  list(): Promise<WebhookEndpoint[]> {
    return this.endpoints.find({ order: { id: 'ASC' } });
  }

  /** @throws {Problem} `not_found` */
  async get(id: string): Promise<WebhookEndpoint> {
    const endpoint = await this.endpoints.findOneBy({ id });
    if (!endpoint) throw new Problem('not_found');
    return endpoint;
  }

  /**
   * Creates an endpoint.
   * @param url checked by the caller
   * @param actor the service account that does it, as in the other changes
   * @throws {Problem} `webhooks_exhausted`
   */
  async create(url: string, kinds: readonly OutboxEventKind[], actor?: string): Promise<ShownWebhookSecret> {
    const [id, secret] = [newId(), newWebhookSecret()];
    await this.database.write(async (manager) => {
      await insertRow(manager, WebhookEndpoint, {
        id,
        slot: await freeSlot(manager),
        url,
        events: [...new Set(kinds)].join(' '),
        secret: this.sealer.seal(secret, webhookSecretColumn(id, 'secret')),
        createdAt: () => databaseNow(manager),
        leaseUntil: 0,
      });
      await this.events.write(manager, { kind: 'webhook_created', detail: id, actor });
    });
    await this.subscriptions.refresh();
    return { id, secret };
  }

  /**
   * Makes a new secret. The one before signs too until the next rotation.
   * @param dropPrevious whether it signs no longer
   * @throws {Problem} `not_found`
   */
  rotate(id: string, dropPrevious: boolean, actor?: string): Promise<ShownWebhookSecret> {
    const secret = newWebhookSecret();
    return this.database.write(async (manager) => {
      const { secret: before } = await locked(manager, id);
      const opened = this.sealer.unseal(before, webhookSecretColumn(id, 'secret'));
      await manager.update(
        WebhookEndpoint,
        { id },
        {
          secret: this.sealer.seal(secret, webhookSecretColumn(id, 'secret')),
          previousSecret: dropPrevious
            ? null
            : this.sealer.seal(opened, webhookSecretColumn(id, 'previous_secret')),
          rotatedAt: () => databaseNow(manager),
        },
      );
      await this.events.write(manager, { kind: 'webhook_rotated', detail: id, actor });
      return { id, secret };
    });
  }

  /**
   * Removes an endpoint and its messages, delivered or not.
   * @throws {Problem} `not_found`
   */
  async remove(id: string, actor?: string): Promise<void> {
    await this.database.write(async (manager) => {
      await locked(manager, id);
      await manager.delete(WebhookEndpoint, { id });
      await this.events.write(manager, { kind: 'webhook_removed', detail: id, actor });
    });
    await this.subscriptions.refresh();
    for (let removed = BATCH; removed === BATCH;) removed = await this.removeMessages(id);
  }

  /** Seals again what a fallback of `SECRET_KEY` sealed. @returns the number of secrets */
  reseal(): Promise<number> {
    return this.database.write(async (manager) => {
      let count = 0;
      for (const endpoint of await manager.find(WebhookEndpoint, rowLock(manager))) {
        const { id } = endpoint;
        const changes = {
          ...this.resealed('secret', endpoint.secret, id),
          ...this.resealed('previousSecret', endpoint.previousSecret, id),
        };
        const changed = Object.keys(changes).length;
        if (changed > 0) await manager.update(WebhookEndpoint, { id }, changes);
        count += changed;
      }
      return count;
    });
  }

  /** Removes some messages of a removed endpoint. The clean-up removes those that a killed process leaves. @returns how many */
  private removeMessages(endpointId: string): Promise<number> {
    return this.database.write(async (manager) => {
      const rows = await manager.find(OutboxMessage, {
        select: { id: true },
        where: { endpointId },
        take: BATCH,
      });
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0) await manager.delete(OutboxMessage, { id: In(ids) });
      return ids.length;
    });
  }

  private resealed(
    member: 'secret' | 'previousSecret',
    sealed: string | null,
    id: string,
  ): Partial<Pick<WebhookEndpoint, 'secret' | 'previousSecret'>> {
    if (sealed === null || this.sealer.isCurrent(sealed)) return {};
    const column = webhookSecretColumn(id, member === 'secret' ? 'secret' : 'previous_secret');
    return { [member]: this.sealer.reseal(sealed, column) };
  }
}

/**
 * Returns a free slot. Any of them: concurrent creations rarely take the same one, and one of them runs again then.
 * @throws {Problem} `webhooks_exhausted`
 */
async function freeSlot(manager: EntityManager): Promise<number> {
  const used = new Set(
    (await manager.find(WebhookEndpoint, { select: { id: true, slot: true } })).map(({ slot }) => slot),
  );
  const free = Array.from({ length: MAX_ENDPOINTS }, (_, slot) => slot).filter((slot) => !used.has(slot));
  const slot = free[Math.floor(Math.random() * free.length)];
  if (slot === undefined) throw new Problem('webhooks_exhausted');
  return slot;
}

async function locked(manager: EntityManager, id: string): Promise<WebhookEndpoint> {
  const endpoint = await manager.findOne(WebhookEndpoint, { where: { id }, ...rowLock(manager) });
  if (!endpoint) throw new Problem('not_found');
  return endpoint;
}
