import { type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';

/** The callers of a route: everybody, a user with an access token, or a service account with a scope. */
export type RouteKind = 'public' | 'user' | 'admin';

const ROUTE_KIND = 'routeKind';

/** Sets the kind of a route or of a whole controller. Used through `@Public()` and `@Scopes()` only. */
export const SetRouteKind = (kind: RouteKind) => SetMetadata(ROUTE_KIND, kind);

type Handler = ReturnType<ExecutionContext['getHandler']>;
type Controller = ReturnType<ExecutionContext['getClass']>;

/** Returns the one kind of a route: that of its handler, else that of its controller, else `user`. */
export function routeKind(reflector: Reflector, handler: Handler, controller: Controller): RouteKind {
  return reflector.getAllAndOverride<RouteKind | undefined>(ROUTE_KIND, [handler, controller]) ?? 'user';
}
