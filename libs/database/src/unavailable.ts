import { Problem } from '@app/problem';

/** Returns the problem for a request that the database does not answer. */
export const unavailable = () => new Problem('database_unavailable', { retryAfterSeconds: 5 });
