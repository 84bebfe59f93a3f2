import { type INestApplicationContext, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  Column,
  DataSource,
  Entity,
  JoinColumn,
  ManyToOne,
  type MigrationInterface,
  PrimaryColumn,
  type QueryRunner,
} from 'typeorm';
import { describe, expect, it } from 'vitest';
import { AppModule } from '../../apps/api/src/app.module.js';
import { ConfigModule, loadConfig } from '../../libs/config/src/index.js';
import { DatabaseModule, schema } from '../../libs/database/src/index.js';
import { PersonalDataOf, PersonalDataService } from '../../libs/personal-data/src/index.js';
import { belongsToUser } from '../../libs/personal-data/src/tables-of-users.js';
import { User } from '../../libs/users/src/index.js';
import { useDatabase } from '../support/database.js';
import { SECRET_KEY, useStack } from '../support/stack.js';

const NOTHING = { omittedBecause: 'a parcel is not stored for long' };

@Entity('parcels')
class Parcel {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  readonly id!: string;
  @Column({ name: 'recipient_user_id', type: 'varchar', length: 36 })
  readonly recipient!: string;
}

@Entity('letters')
class Letter {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  readonly id!: string;
  @ManyToOne(() => User)
  @JoinColumn({ name: 'user_id' })
  readonly sender!: User;
}

class CreateParcels1600000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = [schema.primaryId(), schema.id('recipient_user_id')];
    await runner.createTable(schema.tableFor(runner, { name: 'parcels', columns }));
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('parcels');
  }
}

@PersonalDataOf(Parcel)
class ParcelPersonalData {
  readonly stores = [];
  readonly merge = NOTHING;
  readonly export = NOTHING;
  readonly erase = NOTHING;
}

@PersonalDataOf(Parcel)
class OtherParcelPersonalData extends ParcelPersonalData {}

const PARCELS = DatabaseModule.forFeature({ entities: [Parcel], migrations: [CreateParcels1600000000000] });

@Module({ imports: [PARCELS] })
class WithoutHandler {}

@Module({ imports: [PARCELS], providers: [ParcelPersonalData] })
class WithHandler {}

@Module({ imports: [PARCELS], providers: [ParcelPersonalData, OtherParcelPersonalData] })
class WithTwoHandlers {}

describe('the handlers of personal data', () => {
  const stack = useStack();

  it('cover every table with a column for the id of a user, and the table of users', () => {
    const tables = stack
      .service(DataSource)
      .entityMetadatas.filter(({ columns }) =>
        columns.some(({ databaseName }) => /user_?id$/i.test(databaseName)),
      )
      .map(({ tableName }) => tableName);
    expect(tables).toContain('sessions');
    expect([...stack.service(PersonalDataService).handlers.keys()].sort()).toEqual(
      [...tables, 'users'].sort(),
    );
  });

  it('are required for the id of a user in a relation too', () => {
    expect(belongsToUser(Letter)).toBe(true);
  });

  it('describe each column of their table once', () => {
    const { handlers } = stack.service(PersonalDataService);
    for (const { tableName, columns } of stack.service(DataSource).entityMetadatas) {
      const described = handlers.get(tableName)?.stores.flatMap((stored) => stored.columns);
      if (described)
        expect(described.sort(), tableName).toEqual(columns.map(({ databaseName }) => databaseName).sort());
    }
  });

  it('merge, export and erase, or state why not', () => {
    for (const handler of stack.service(PersonalDataService).handlers.values())
      for (const action of [handler.merge, handler.export, handler.erase])
        expect(
          typeof action === 'function' || action.omittedBecause.length > 20,
          handler.constructor.name,
        ).toBe(true);
  });
});

describe('the start of a service with a table that has the id of a user', () => {
  const databaseUrl = useDatabase();

  async function start(feature: Type<object>): Promise<INestApplicationContext> {
    const config = loadConfig({ SECRET_KEY, DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' });
    return NestFactory.createApplicationContext(
      { module: AppModule, imports: [ConfigModule.forRoot(config), feature] },
      { logger: false, abortOnError: false },
    );
  }

  it('fails without a handler, and names the entity', async () => {
    await expect(start(WithoutHandler)).rejects.toThrow(
      'The entity Parcel has the id of a user and no handler of personal data. ' +
        'Add a provider with @PersonalDataOf(Parcel) to its module.',
    );
  });

  it('fails with two handlers, and names the entity', async () => {
    await expect(start(WithTwoHandlers)).rejects.toThrow(
      'The entity Parcel has two handlers of personal data.',
    );
  });

  it('registers its handler by the name of the table', async () => {
    const app = await start(WithHandler);
    expect([...app.get(PersonalDataService).handlers.keys()]).toContain('parcels');
    await app.close();
  });
});
