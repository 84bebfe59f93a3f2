import type { Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { MigrationInterface } from 'typeorm';
import { RELEASED_MIGRATIONS } from './migrations/index.js';

/** The tables of one lib. */
export interface DatabaseFeature {
  /** The entities whose repositories the module injects. */
  readonly entities: readonly Type<object>[];
  /**
   * The migrations of the tables that the lib owns. The name of each class ends with a timestamp in milliseconds, which
   * orders the migrations of all libs. A released migration never changes.
   */
  readonly migrations?: readonly Type<MigrationInterface>[];
}

/** The entities and migrations of all modules of an application, as options of TypeORM. */
export interface Tables {
  readonly entities: Type<object>[];
  readonly migrations: Type<MigrationInterface>[];
}

/** The provider of `DatabaseModule.forFeature` that {@link collectTables} looks for. */
export const DATABASE_FEATURE = Symbol('DatabaseFeature');

/** Returns what the modules of an application gave to `DatabaseModule.forFeature`, each class once. */
export function collectTables(modules: ModulesContainer): Tables {
  const features = [...modules.values()].flatMap(({ providers }) => {
    const feature = providers.get(DATABASE_FEATURE)?.instance as DatabaseFeature | undefined;
    return feature ? [feature] : [];
  });
  return {
    entities: [...new Set(features.flatMap(({ entities }) => entities))],
    migrations: [
      ...new Set([...RELEASED_MIGRATIONS, ...features.flatMap(({ migrations = [] }) => migrations)]),
    ],
  };
}
