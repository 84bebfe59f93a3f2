import { createPassport } from 'weapp-passport-client';
import { apiBaseUrl, TIMEOUT_MS } from './config';

/** The client of the login service: all calls of this mini-program go through it. */
export const passport = createPassport({
  baseUrl: apiBaseUrl(),
  timeoutMs: TIMEOUT_MS,
  log: (event, details) => {
    console.info('passport', event, details);
  },
});
