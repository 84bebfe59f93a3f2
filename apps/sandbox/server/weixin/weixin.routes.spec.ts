import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { useSandbox } from '../../test/use-sandbox.js';

const sandbox = useSandbox();

describe('a POST without a Content-Length', () => {
  it.each(['/cgi-bin/stable_token', '/wxa/business/getuserphonenumber'])(
    '%s answers 412 with an empty body',
    async (path) => {
      const call = request(sandbox.url(path), { method: 'POST' });
      call.write('{');
      call.end('}');
      const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
        call.on('response', resolve).on('error', reject);
      });
      expect({ status: response.statusCode, body: await text(response) }).toEqual({ status: 412, body: '' });
    },
  );
});
