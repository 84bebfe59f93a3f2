import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'isPublic';

/** Opens a route, or all of a controller, to callers without an access token. Everything else is guarded. */
export const Public = () => SetMetadata(IS_PUBLIC, true);
