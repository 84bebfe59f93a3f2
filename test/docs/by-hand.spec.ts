import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

const run = promisify(execFile);

const page = readFileSync(new URL('../../docs/http-api.md', import.meta.url), 'utf8');
const block = /^## Call it by hand\n.*?```sh\n(.*?)```/ms.exec(page)?.[1] ?? '';

describe.skipIf(process.platform === 'win32')('the commands of docs/http-api.md', () => {
  const stack = useStack();

  it('return for a new user what the page shows', async () => {
    const commands = block
      .replaceAll('http://127.0.0.1:8000', stack.url)
      .replaceAll('http://127.0.0.1:8001', String(stack.env['WEIXIN_API_BASE_URL']));
    const again = commands.slice(commands.indexOf('# 4.'));
    const { stdout } = await run('sh', ['-euc', commands + again]);
    const answers = stdout.split('HTTP/1.1 ').slice(1);
    expect(answers).toHaveLength(3);
    expect(answers[0]).toMatch(/^200 .*etag: "0"\r.*\{"code":"Authenticated\.","items":\[\]\}$/s);
    expect(answers[1]).toMatch(/^200 .*etag: "1"\r.*\{"code":"post ok"\}$/s);
    expect(answers[2]).toMatch(/^412 .*precondition_failed/s);
  });
});
