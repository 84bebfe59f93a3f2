import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { freePort } from '../support/process.js';
import { useStack } from '../support/stack.js';
import { compressing } from './compressing.js';
import { Daemon, isMissing, type HttpProxyName } from './daemon.js';

/** Long enough for every proxy to compress it. */
const DOCUMENT = {
  items: Array.from({ length: 100 }, (_, id) => ({ id, content: '买牛奶', checked: false })),
};

/** What each makes of the ETag `"1"`. Caddy adds a suffix since 2.8; Debian 12 has 2.6. */
const TAGS: Readonly<Record<HttpProxyName, RegExp>> = {
  nginx: /^W\/"1"$/,
  caddy: /^"1(-zstd|-gzip)?"$/,
  apache: /^"1-gzip"$/,
};

describe('behind a proxy that compresses, the document', () => {
  const stack = useStack();
  describe.for<HttpProxyName>(['nginx', 'caddy', 'apache'])('%s', (name) => {
    const folder = useFolder();
    let daemon: Daemon | undefined;
    let url = '';
    let token = '';

    const missing = isMissing(name);
    beforeAll(async () => {
      if (missing) return;
      const port = await freePort();
      url = `http://127.0.0.1:${port}/api/weixin/data/`;
      const { text, args } = compressing(name, port, stack.url, folder);
      const file = join(folder, 'proxy.conf');
      writeFileSync(file, text);
      daemon = await Daemon.start(name, args(file), folder, port);
      token = (await stack.loggedIn(`behind ${name}`)).access;
      await stack.call('/api/weixin/data/', { token, json: DOCUMENT });
    });
    afterAll(() => daemon?.stop());

    const read = (headers: Record<string, string> = {}) =>
      call(url, { token, headers: { 'accept-encoding': 'gzip', ...headers } });

    it.skipIf(missing)(
      'is read, found unchanged and written with the ETag that the proxy has changed',
      async () => {
        const first = await read();
        const etag = first.headers.get('etag') ?? '';
        expect([first.status, first.headers.get('content-encoding')]).toEqual([200, 'gzip']);
        expect(first.body).toEqual({ code: 'Authenticated.', ...DOCUMENT });
        expect(etag).toMatch(TAGS[name]);

        expect((await read({ 'if-none-match': etag })).status).toBe(304);
        const write = (ifMatch: string) =>
          call(url, { token, json: DOCUMENT, headers: { 'accept-encoding': 'gzip', 'if-match': ifMatch } });
        const written = await write(etag);
        expect(written.status).toBe(200);
        const stale = await write(etag);
        expect([stale.status, stale.body['code']]).toEqual([412, 'precondition_failed']);
        expect((await write(written.headers.get('etag') ?? '')).status).toBe(200);
        expect((await read({ 'if-none-match': etag })).status).toBe(200);
      },
    );
  });
});
