import { type INestApplication, Module, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { afterAll } from 'vitest';
import { PassportModule, type PassportOptions } from '@weapp-passport/nest';

/** The HTTP servers of Nest. */
export const PLATFORMS = ['express', 'fastify'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** The providers and controllers of a back end. */
type Parts = Pick<ModuleMetadata, 'controllers' | 'imports' | 'providers'>;

/** Gets its parts when it starts. */
@Module({})
class BackEndModule {}

/** Starts back ends for the tests of one file, and stops them after it. */
export function useBackEnds() {
  const apps: INestApplication[] = [];
  afterAll(() => Promise.all(apps.map((app) => app.close())));
  return {
    /** What the back ends logged as an error. */
    errors: [] as string[],
    /** Starts a back end that imports the package. @returns its address */
    async start(platform: Platform, options: PassportOptions, parts: Parts): Promise<string> {
      return this.startWith(platform, {
        ...parts,
        imports: [PassportModule.forRoot(options), ...(parts.imports ?? [])],
      });
    },
    async startWith(platform: Platform, parts: Parts): Promise<string> {
      const ignored = () => undefined;
      const error = (message: unknown) => this.errors.push(String(message));
      const logger = { log: ignored, warn: ignored, error };
      const app = await NestFactory.create(
        { module: BackEndModule, ...parts },
        platform === 'express' ? new ExpressAdapter() : new FastifyAdapter(),
        { logger, abortOnError: false },
      );
      apps.push(app);
      await app.listen(0, '127.0.0.1');
      return app.getUrl();
    },
  };
}
