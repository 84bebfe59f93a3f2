import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { DiscoveryService, ModulesContainer } from '@nestjs/core';
import type { EntityManager } from 'typeorm';
import { collectTables } from '@app/database';
import type { CommitEffects } from './commit-effects.js';
import type { MergedUsers, PersonalDataHandler } from './personal-data-handler.js';
import { HANDLED_ENTITY } from './personal-data-of.decorator.js';
import { belongsToUser, tableNameOf } from './tables-of-users.js';

/** Merges, exports and erases the rows of users in the tables of all modules of the application. */
@Injectable()
export class PersonalDataService implements OnModuleInit {
  private readonly byEntity = new Map<Type<object>, PersonalDataHandler>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly modules: ModulesContainer,
  ) {}

  /** @throws {Error} that names an entity with a user id and without a handler, or with two handlers */
  onModuleInit(): void {
    for (const provider of this.discovery.getProviders({ metadataKey: HANDLED_ENTITY.KEY })) {
      const entity = this.discovery.getMetadataByDecorator(HANDLED_ENTITY, provider);
      if (entity) this.register(entity, provider.instance as PersonalDataHandler);
    }
    const missing = collectTables(this.modules).entities.find(
      (entity) => belongsToUser(entity) && !this.byEntity.has(entity),
    );
    if (missing) {
      throw new Error(
        `The entity ${missing.name} has the id of a user and no handler of personal data. ` +
          `Add a provider with @PersonalDataOf(${missing.name}) to its module.`,
      );
    }
  }

  /** Returns the handlers by the names of their tables. */
  get handlers(): ReadonlyMap<string, PersonalDataHandler> {
    return new Map([...this.byEntity].map(([entity, handler]) => [tableNameOf(entity), handler]));
  }

  /**
   * Moves everything stored of one user to another.
   * @param manager of a {@link Database.write} without a lock key that has locked the rows of both users
   */
  async merge(manager: EntityManager, users: MergedUsers, effects: CommitEffects): Promise<void> {
    for (const handler of this.byEntity.values())
      if (typeof handler.merge === 'function') await handler.merge(manager, users, effects);
  }

  /**
   * Returns everything stored of a person, as lists of rows by the names of their tables. Tables without a row are left out.
   * @param manager that reads committed rows; an iteration over the audit log is too long for a write
   * @param userIds the user, and the users that were merged into this one
   */
  async export(manager: EntityManager, userIds: readonly string[]): Promise<Record<string, object[]>> {
    const exported: Record<string, object[]> = {};
    for (const [table, handler] of this.handlers) {
      const rows = typeof handler.export === 'function' ? await handler.export(manager, userIds) : [];
      if (rows.length > 0) exported[table] = rows;
    }
    return exported;
  }

  /**
   * Erases everything personal that is stored of a person.
   * @param manager of a {@link Database.write} without a lock key that has locked the rows of these users
   * @param userIds as in {@link export}
   */
  async erase(manager: EntityManager, userIds: readonly string[], effects: CommitEffects): Promise<void> {
    for (const handler of this.byEntity.values()) await handler.beforeErase?.(manager, userIds);
    for (const handler of this.byEntity.values())
      if (typeof handler.erase === 'function') await handler.erase(manager, userIds, effects);
  }

  private register(entity: Type<object>, handler: PersonalDataHandler): void {
    if (this.byEntity.has(entity))
      throw new Error(`The entity ${entity.name} has two handlers of personal data.`);
    this.byEntity.set(entity, handler);
  }
}
