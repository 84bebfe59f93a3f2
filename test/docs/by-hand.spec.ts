import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

const run = promisify(execFile);

/** The first shell block below a heading. */
function blockBelow(page: string, heading: string): string {
  const text = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8');
  const block = /```sh\n(.*?)```/s.exec(text.slice(text.indexOf(`### ${heading}\n`)))?.[1];
  if (block === undefined) throw new Error(`${page} has no block below ${heading}`);
  return block;
}

describe.skipIf(process.platform === 'win32')('the calls by hand', () => {
  const stack = useStack();

  it('are the same in both languages', () => {
    expect(blockBelow('README.zh-CN.md', '手动走一遍')).toBe(blockBelow('README.md', 'By hand'));
  });

  it('do for a new user what the README says, word for word', async () => {
    const commands = blockBelow('README.md', 'By hand')
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
