import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { decode, signEs256 } from '../tokens/forge.js';

const POLL = { timeout: 5000, interval: 20 };
const MISMATCH = /signing_keys\.public_jwk of \S{43} is not the public half of the sealed private key/;

type Row = Record<'id' | 'state' | 'public_jwk', string>;

describe.each(['ES256', 'HS256'])('a public half that was changed in the database, with %s,', (algorithm) => {
  const stack = useStack({ JWT_ALGORITHM: algorithm });
  const stored = () => rows<Row>(stack.databaseUrl, 'SELECT id, state, public_jwk FROM signing_keys');
  const set = (id: string, publicJwk: string) =>
    execute(stack.databaseUrl, `UPDATE signing_keys SET public_jwk = '${publicJwk}' WHERE id = '${id}'`);

  it.each(['current', 'next'])('prevents the start of a service whose %s key it is', async (state) => {
    const row = (await stored()).find((one) => one.state === state);
    if (!row) throw new Error(`there is no ${state} key`);
    const jwk = JSON.parse(row.public_jwk) as Record<string, string>;
    const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
    const changes = [
      JSON.stringify(foreign),
      JSON.stringify({ ...jwk, x5u: 'https://x.example' }),
      '{}',
      '[',
      'null',
    ];
    for (const changed of changes) {
      await set(row.id, changed);
      await expect(stack.restart(), changed).rejects.toThrow(MISMATCH);
    }
    await set(row.id, row.public_jwk);
    await stack.restart();
    expect(await stack.knock((await stack.loggedIn()).access)).toEqual([200, 'Authenticated.']);
  });
});

describe('a public half that is changed while the service runs', () => {
  const stack = useStack();
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const stored = () => rows<Row>(stack.databaseUrl, 'SELECT id, state, public_jwk FROM signing_keys');
  const published = async () => {
    const { body } = await stack.call<{ keys: { kid: string; x: string }[] }>('/.well-known/jwks.json');
    return body.keys;
  };
  const rename = (from: string, to: string) =>
    execute(stack.databaseUrl, `UPDATE signing_keys SET state = '${to}' WHERE state = '${from}'`);
  let repair: string | undefined;
  afterEach(async () => {
    if (repair !== undefined) await execute(stack.databaseUrl, repair);
  });

  it('is neither published nor accepted, the other keys stay in use, and one log line reports it', async () => {
    const next = (await stored()).find(({ state }) => state === 'next');
    if (!next) throw new Error('there is no next key');
    repair = `UPDATE signing_keys SET public_jwk = '${next.public_jwk}' WHERE id = '${next.id}'`;
    const { access } = await stack.loggedIn();
    const foreign = JSON.stringify(keys.publicKey.export({ format: 'jwk' }));
    await execute(
      stack.databaseUrl,
      `UPDATE signing_keys SET public_jwk = '${foreign}' WHERE id = '${next.id}'`,
    );
    // The service reads the keys again after a change of their states only.
    await rename('next', 'previous');

    await expect.poll(async () => (await published()).map(({ kid }) => kid), POLL).not.toContain(next.id);
    const [head, payload] = access.split('.').map((part, index) => (index < 2 ? decode(part) : {}));
    const forged = signEs256({ ...head, kid: next.id }, payload, keys.privateKey);
    expect(await stack.knock(forged)).toEqual([503, 'database_unavailable']);
    expect(await stack.knock(access)).toEqual([200, 'Authenticated.']);
    expect(await stack.knock((await stack.loggedIn()).access)).toEqual([200, 'Authenticated.']);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(stack.logs.filter((line) => MISMATCH.test(line))).toHaveLength(1);

    await rename('previous', 'next');
    await execute(stack.databaseUrl, repair);
    await expect.poll(async () => (await published()).map(({ kid }) => kid), POLL).toContain(next.id);
  });
});
