import { Problem } from '@app/problem';

/** The answer while the database does not give one. */
export const unavailable = () => new Problem('database_unavailable', { retryAfterSeconds: 5 });
