import type { Abstract, Type } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { AppModule } from '@app/api';
import { type Config, loadConfig } from '@app/config';
import { collectTables, Database, type Tables } from '@app/database';
import { FEATURES } from '@app/features';
import { CliError, type ErrorSpec } from './cli-error.js';

/** Returns the instance of a provider of any module. */
export type Get = <T>(provider: Type<T> | Abstract<T>) => T;

const OPTIONS = { abortOnError: false, logger: false } as const;

const DATABASE_UNAVAILABLE: ErrorSpec = {
  code: 'database_unavailable',
  en: 'The database of DATABASE_URL does not answer.\nRun npm run doctor: it names the cause.',
  zh: 'DATABASE_URL 的数据库没有响应。\n请运行 npm run doctor，它会给出原因。',
};

/**
 * Runs a part of a command inside the service, without its HTTP side.
 * @throws {ConfigError}
 * @throws {CliError} `database_unavailable`
 */
export async function inService<T>(env: NodeJS.ProcessEnv, work: (get: Get) => Promise<T>): Promise<T> {
  const app = await NestFactory.createApplicationContext(
    AppModule.forConfig(loadConfig(env), FEATURES),
    OPTIONS,
  );
  try {
    if (!app.get(Database).isOpen) throw new CliError(DATABASE_UNAVAILABLE);
    return await work((provider) => app.get(provider, { strict: false }));
  } finally {
    await app.close();
  }
}

/** Returns the entities and migrations of every module of the service, without starting it. */
export async function tablesOfService(config: Config): Promise<Tables> {
  const options = { ...OPTIONS, preview: true };
  const preview = await NestFactory.createApplicationContext(AppModule.forConfig(config, FEATURES), options);
  return collectTables(preview.get(ModulesContainer));
}
