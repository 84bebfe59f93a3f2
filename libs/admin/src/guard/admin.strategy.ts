import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { Problem } from '@app/problem';
import { AdminPrincipalsService } from './admin-principals.service.js';

/** The name of the strategy in Passport. */
export const ADMIN = 'admin';

/** Passport's strategy for the callers of the admin API. */
@Injectable()
export class AdminStrategy extends PassportStrategy(passport.Strategy, ADMIN) {
  constructor(private readonly principals: AdminPrincipalsService) {
    super();
  }

  /** Succeeds with the `ServicePrincipal` of the request. */
  override authenticate(request: IncomingMessage): void {
    this.principals.of(request).then(
      (principal) => {
        this.success(principal);
      },
      (error: unknown) => {
        this.error(error);
      },
    );
  }

  /** Required by Passport, and never called. */
  validate(): never {
    throw new Problem('token_invalid');
  }
}
