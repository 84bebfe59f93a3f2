import type { IncomingMessage } from 'node:http';
import { Injectable, type Type } from '@nestjs/common';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { Revocations } from '../sessions/revocation/revocations.service.js';
import { AccessTokens } from '../tokens/access-tokens.service.js';
import { bearerToken } from './bearer-token.js';
import { isPublic } from '../public.decorator.js';

/**
 * Checks the access token of a request before its body is read, so that a body without a good token is not parsed. It only
 * refuses early: the guard decides about each request, and does not depend on this.
 */
@Injectable()
export class EarlyRefusal {
  private guarded?: ReadonlySet<string>;

  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly revocations: Revocations,
    private readonly modules: ModulesContainer,
    private readonly reflector: Reflector,
  ) {}

  /** Whether the guard wants an access token for a handler. @param name as Nest names handlers: `Class.method` */
  guards(name: string): boolean {
    this.guarded ??= this.guardedHandlers();
    return this.guarded.has(name);
  }

  /**
   * Checks what the guard checks.
   * @throws {Problem} as the guard does
   */
  async check(request: IncomingMessage): Promise<void> {
    await this.revocations.assertLive(await this.accessTokens.verify(bearerToken(request)));
  }

  /** Names of guarded handlers, without those that are also the name of a public one. */
  private guardedHandlers(): Set<string> {
    const guarded = new Set<string>();
    const open = new Set<string>();
    const scanner = new MetadataScanner();
    for (const { controllers } of this.modules.values()) {
      for (const { metatype, name } of controllers.values()) {
        const controller = metatype as Type;
        const prototype = controller.prototype as Record<string, () => unknown>;
        for (const method of scanner.getAllMethodNames(prototype)) {
          const handler = prototype[method];
          if (handler === undefined) continue;
          (isPublic(this.reflector, handler, controller) ? open : guarded).add(`${String(name)}.${method}`);
        }
      }
    }
    for (const name of open) guarded.delete(name);
    return guarded;
  }
}
