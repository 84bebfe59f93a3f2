import { SetRouteKind } from './route-kind.js';

/** Opens a route or a whole controller to callers without an access token. All other routes are guarded. */
export const Public = () => SetRouteKind('public');
