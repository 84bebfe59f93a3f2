import { applyDecorators, UseGuards } from '@nestjs/common';
import { ApiExtension, ApiSecurity } from '@nestjs/swagger';
import { SetRouteKind } from '@app/auth';
import { AdminGuard, RequiredScopes } from './admin.guard.js';
import { type AdminScope, areOfAccounts } from './admin-scope.js';

/** The names of the schemes in the OpenAPI document. */
export const SERVICE_ACCOUNT_SCHEME = 'service_account';
export const OPERATOR_SCHEME = 'operator';
/** The extension of an operation in it: each scope that an operator needs. */
export const OPERATOR_SCOPES = 'x-operator-scopes';

/**
 * Makes a route or a whole controller one of the admin API: its callers are service accounts and operators with each of these
 * scopes.
 * The path must begin with `/api/admin/`, so that only the admin listener serves it.
 */
export const Scopes = (...scopes: [AdminScope, ...AdminScope[]]) =>
  applyDecorators(
    SetRouteKind('admin'),
    RequiredScopes(scopes),
    UseGuards(AdminGuard),
    ...(areOfAccounts(scopes) ? [ApiSecurity(SERVICE_ACCOUNT_SCHEME, scopes)] : []),
    ApiSecurity(OPERATOR_SCHEME),
    // OpenAPI 3.0 has scopes for OAuth only.
    ApiExtension(OPERATOR_SCOPES, scopes),
  );
