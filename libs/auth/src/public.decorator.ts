import { type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';

const IS_PUBLIC = 'isPublic';

/** Opens a route, or all of a controller, to callers without an access token. Everything else is guarded. */
export const Public = () => SetMetadata(IS_PUBLIC, true);

type Handler = ReturnType<ExecutionContext['getHandler']>;
type Controller = ReturnType<ExecutionContext['getClass']>;

/** Returns whether a handler or its controller is `@Public()`. */
export function isPublic(reflector: Reflector, handler: Handler, controller: Controller): boolean {
  return reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, [handler, controller]) ?? false;
}
