import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { AccessTokenClaims, PassportUser } from './access-token-claims.js';

/** What the guard adds to a request that has a valid access token. */
export interface Authenticated {
  user?: PassportUser;
  claims?: AccessTokenClaims;
}

const requestOf = (context: ExecutionContext): Authenticated => context.switchToHttp().getRequest();

/** Injects the {@link PassportUser}; undefined on a public route, and on an optional one without a token. */
export const CurrentUser: () => ParameterDecorator = createParamDecorator(
  (_: unknown, context: ExecutionContext) => requestOf(context).user,
);

/** Injects the {@link AccessTokenClaims}, or the one that is named; undefined like {@link CurrentUser}. */
export const Claims: (name?: string) => ParameterDecorator = createParamDecorator(
  (name: string | undefined, context: ExecutionContext) => {
    const { claims } = requestOf(context);
    return name === undefined ? claims : claims?.[name];
  },
);
