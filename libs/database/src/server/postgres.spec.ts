import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { POSTGRES } from './postgres.js';

const { Client } = createRequire(import.meta.url)('pg') as { Client: new () => object };

it('cuts a connection to a server that has given no key to cancel statements', () => {
  // A client has no key before the server sends one, and some servers never do.
  expect(() => {
    POSTGRES.cut(new Client());
  }).not.toThrow();
});
