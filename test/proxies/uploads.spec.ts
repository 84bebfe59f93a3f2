import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { freePort } from '../support/process.js';
import { useStack } from '../support/stack.js';
import { Daemon, isMissing } from './daemon.js';
import { nginxArguments, nginxFile } from './nginx.js';

/** Nearly as large as the route allows. */
const BODY = `{"a":[${'[],'.repeat(130_000)}[]]}`;

describe.skipIf(isMissing('nginx'))('an upload without a token behind nginx', () => {
  const stack = useStack();
  const folder = useFolder();

  it.each(['on', 'off'])('is answered 401 each time, with proxy_request_buffering %s', async (buffering) => {
    const port = await freePort();
    const http = `server {
      listen 127.0.0.1:${port}; client_max_body_size 512k; client_body_buffer_size 512k; proxy_request_buffering ${buffering};
      location / { proxy_pass ${stack.url}; proxy_http_version 1.1; proxy_set_header Connection ""; }
    }`;
    const file = join(folder, `${buffering}.conf`);
    writeFileSync(file, nginxFile(folder, http));
    const nginx = await Daemon.start('nginx', nginxArguments(file), folder, port);
    try {
      for (let count = 0; count < 20; count += 1) {
        const answer = await call(`http://127.0.0.1:${port}/api/weixin/data`, {
          body: BODY,
          headers: { 'content-type': 'application/json' },
        });
        expect([answer.status, answer.body['code']]).toEqual([401, 'token_missing']);
      }
    } finally {
      await nginx.stop();
    }
  });
});
