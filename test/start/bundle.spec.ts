import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { useInstance } from '../support/instance.js';
import { Program, ROOT } from '../support/process.js';
import { SECRET_KEY } from '../support/stack.js';

describe('the built service', () => {
  const folder = useFolder();
  const instance = useInstance(() => ({
    PORT: '0',
    SECRET_KEY,
    DATABASE_URL: `sqlite:${join(folder, 'test.sqlite')}`,
    DOCS: 'true',
  }));

  it('validates a body, and names its members as the sources do', async () => {
    const { status, body } = await call(`${instance.url}/api/weixin/login/`, { json: { code: 1, x: 1 } });
    expect([status, body['code']]).toEqual([400, 'validation_failed']);
    expect(body['errors']).toContain('property x should not exist');
  });

  it('sends functions to the Swagger page that need nothing of the build', async () => {
    const page = await fetch(`${instance.url}/docs/swagger-ui-init.js`).then((answer) => answer.text());
    expect(page).toContain('preauthorizeApiKey');
    expect(page).not.toContain('__name');
  });

  it('keeps the names of all classes, which are in logs and errors', () => {
    const shared = filesIn('dist/shared', '.js').join('').replaceAll(/\\?\n/g, '');
    const names = [
      ...filesIn('libs', '.ts'),
      ...filesIn('node_modules/@nestjs/core/injector', '.js'),
    ].flatMap((text) => [...text.matchAll(/^export class (\w+)/gm)].map(([, name]) => name));
    expect(names.length).toBeGreaterThan(300);
    // What is missing is not in the bundle: no command or module uses it.
    const renamed = names.filter((name) => new RegExp(`class _?${name}\\d*\\b`).test(shared));
    expect(renamed.filter((name) => !shared.includes(`static name="${name}"`))).toEqual([]);
  });

  it('has files of the sources in its stack traces', async () => {
    const command = new Program('dist/apps/cli/src/passport.js', { PORT: 'x', DEBUG: '1' }, folder, [
      'keys',
      'list',
    ]);
    expect(await command.ended()).toBe(1);
    const [, file = '', line] = / at loadConfig \((libs\/.+\.ts):(\d+):\d+\)/.exec(command.output) ?? [];
    expect(readFileSync(join(ROOT, file), 'utf8').split('\n')[Number(line) - 1]).toContain(
      'new ConfigError(',
    );
  });

  it('has the licenses of the packages in it', () => {
    const licenses = readFileSync(join(ROOT, 'dist/licenses.txt'), 'utf8');
    expect(licenses).toMatch(/^@nestjs\/core [\d.]+ \(MIT\)\n\n(?:.*\n)*?Permission is hereby granted/m);
  });
});

function filesIn(folder: string, extension: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'));
}
