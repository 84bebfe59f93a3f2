import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp, type CreateAppOptions } from '../../apps/api/src/create-app.js';
import { loadConfig } from '../../libs/config/src/index.js';

/**
 * Starts the service in this process, on a free port. It takes a tenth of the processor time of an `Instance`. Passport has
 * one strategy for a process: only the service that was started last verifies access tokens.
 * @param env its whole environment
 * @param options without `logs`, its log lines are discarded
 */
export async function startService(
  env: NodeJS.ProcessEnv,
  options: CreateAppOptions = {},
): Promise<{ app: NestFastifyApplication; url: string }> {
  const app = await createApp(loadConfig(env), { logs: { write: () => undefined }, ...options });
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl() };
}
