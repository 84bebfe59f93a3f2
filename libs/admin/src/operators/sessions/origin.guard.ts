import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { OriginsService } from './origins.service.js';

/** Refuses requests of other pages to a route that needs no session. */
@Injectable()
export class OriginGuard implements CanActivate {
  constructor(private readonly origins: OriginsService) {}

  /** @throws {Problem} `origin_not_allowed` */
  canActivate(context: ExecutionContext): true {
    this.origins.check(context.switchToHttp().getRequest<FastifyRequest>().raw);
    return true;
  }
}
