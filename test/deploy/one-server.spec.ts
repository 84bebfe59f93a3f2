import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../apps/cli/src/run.js';
import { VARIABLES } from '../../libs/config/src/variables/variables.js';
import { useFolder } from '../support/folder.js';
import { text, yaml } from './files.js';

interface Service {
  environment?: Record<string, string>;
  command?: string[];
  ports?: string[];
  [option: string]: unknown;
}
const FOLDER = fileURLToPath(new URL('../../deploy/one-server', import.meta.url));
const UNITS = ['weapp-passport.service', 'weapp-passport-backup.service', 'weapp-passport-backup.timer'];
const PAGES = ['one-server/README.md', 'one-server/README.zh-CN.md'];
const KNOWN = Object.keys(VARIABLES);
const compose = (yaml('one-server/compose.yaml', { merge: true }) as { services: Record<string, Service> })
  .services;
const { api = {}, backup = {}, caddy = {} } = compose;
const unit = (name: string) => text(`one-server/systemd/${name}`);
const { scripts } = JSON.parse(text('../package.json')) as { scripts: Record<string, string> };

/** The variables that lines of a file set, also in comments. */
const variablesOf = (file: string) => [...text(file).matchAll(/^#?(\w+)=/gm)].map(([, name = '']) => name);

describe('deploy/one-server/compose.yaml', () => {
  it('listens on loopback with the service and the admin listener, and publishes no port', () => {
    for (const service of [api, backup]) {
      expect(service.environment).toMatchObject({ HOST: '127.0.0.1', ADMIN_PORT: '9002' });
      expect(service.environment).not.toHaveProperty('ADMIN_HOST');
    }
    for (const service of Object.values(compose)) expect(service).not.toHaveProperty('ports');
    expect(caddy.environment?.['UPSTREAMS']).toBe('127.0.0.1:8000');
  });

  it('sets only variables that the service reads, and has no secret of its own', () => {
    const { environment = {} } = api;
    expect(Object.keys(environment).filter((name) => !KNOWN.includes(name))).toEqual([]);
    for (const name of ['SECRET_KEY', 'WEIXIN_APPS']) expect(environment[name]).toBe(`\${${name}:?}`);
  });

  it('needs what its page generates and its env.example names', () => {
    const file = text('one-server/compose.yaml');
    const needed = new Set([...file.matchAll(/\$\{(\w+):\?\}/g)].map(([, name]) => name));
    const mirrors = ['REGISTRY', 'npm_config_registry', 'npm_config_sqlite3_binary_host'];
    expect(variablesOf('one-server/env.example').sort()).toEqual(
      [...[...needed].filter((name) => name !== 'SECRET_KEY'), ...mirrors].sort(),
    );
    expect(api['build']).toMatchObject({ args: mirrors });
  });

  it('runs without root, capabilities and writable root, and limits memory and logs', () => {
    for (const service of [api, backup]) expect(service['user']).toBe('1000:1000');
    for (const service of Object.values(compose)) {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        logging: { options: { 'max-size': '10m', 'max-file': '3' } },
      });
      expect(service['mem_limit']).toMatch(/^\d+m$/);
    }
    expect(api['mem_limit']).toBe('384m');
  });

  it('stores database and ledger in the folder that outlives the container', () => {
    const targets = (api['volumes'] as { target: string }[]).map(({ target }) => target);
    expect(targets).toEqual(['/app/data', '/backup']);
    expect(api.environment).toMatchObject({
      DATABASE_URL: 'sqlite:data/weapp-passport.sqlite',
      DELETION_LEDGER: 'data/deletions.jsonl',
    });
  });

  it('waits until 18:30 UTC for each backup', () => {
    const [, expression = ''] = /sleep "\$\$\(\((.*)\)\)"; do/.exec(backup.command?.at(-1) ?? '') ?? [];
    const waitAt = (time: string) => {
      const seconds = Date.parse(`2026-01-31T${time}Z`) / 1000;
      const sum = expression.replace('$$(date +%s)', String(seconds));
      return Number(spawnSync('sh', ['-c', `echo "$((${sum}))"`], { encoding: 'utf8' }).stdout);
    };
    expect(waitAt('18:29:00')).toBe(60);
    expect(waitAt('18:31:00')).toBe(86_400 - 60);
    expect(waitAt('00:00:00')).toBe(18.5 * 3600);
  });
});

describe('the units of deploy/one-server', () => {
  const isMissing = spawnSync('systemd-analyze', ['--version']).status !== 0;

  it.skipIf(isMissing)('are valid for systemd', () => {
    const paths = UNITS.map((name) => `${FOLDER}/systemd/${name}`);
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...paths], { encoding: 'utf8' });
    expect(stderr).not.toContain(FOLDER);
    expect(status).toBe(0);
  });

  it('start the service with the options of npm run start:prod', () => {
    expect(unit('weapp-passport.service')).toContain(`\nExecStart=${scripts['start:prod'] ?? ''}\n`);
  });

  it.each(UNITS.slice(0, 2))('run as a user of their own, hardened, with a limit of memory: %s', (name) => {
    const lines = unit(name).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'User=weapp-passport',
        'NoNewPrivileges=yes',
        'CapabilityBoundingSet=',
        'ProtectSystem=strict',
        'StateDirectoryMode=0700',
        'EnvironmentFile=/etc/weapp-passport.env',
      ]),
    );
    expect(unit(name)).toMatch(/^MemoryMax=\d+M$/m);
    expect(unit(name)).not.toMatch(/^MemoryDenyWriteExecute/m);
  });

  it('set only variables that the service reads, and no secret', () => {
    const variables = variablesOf('one-server/systemd/weapp-passport.env');
    expect(variables.filter((name) => !KNOWN.includes(name))).toEqual([]);
    expect(variables).not.toContain('SECRET_KEY');
    expect(variables).toEqual(expect.arrayContaining(['DATABASE_URL', 'DELETION_LEDGER', 'JWT_ISSUER']));
  });
});

describe('the commands for one server', () => {
  const folder = useFolder();
  const names = new Set<string>(COMMANDS.map(({ name }) => name));
  const sources = [...PAGES, 'one-server/compose.yaml', `one-server/systemd/${UNITS[1] ?? ''}`];

  it.each(sources)('exist in the command line: %s', (file) => {
    const used = [
      ...text(file).matchAll(/^(?:passport|docker .* passport| +passport|.*passport\.js) ([a-z-]+)/gm),
    ].map(([, name]) => name);
    expect(used).toContain('backup');
    expect(used.filter((name = '') => !names.has(name))).toEqual([]);
  });

  it.each(PAGES)('add a SECRET_KEY to a private file, once: %s', (page) => {
    const lines = text(page).match(/^\[ -e .*SECRET_KEY.*$/gm) ?? [];
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/^\[ -e (\S+) \] \|\| \{ install -m 600 \S+ \1 && /);
  });

  it.each([0, 1])('restore the newest backup and put the former database aside: %s', (index) => {
    const scripts = text(PAGES[0] ?? '').matchAll(/sh -eu <<'END'\n(.*?)^END$/gms);
    const script = Array.from(scripts, ([, commands = '']) => commands)[index] ?? '';
    const root = `${folder}/${index}`;
    const data = index === 0 ? `${root}/data` : `${root}/var/lib/weapp-passport`;
    const copies = index === 0 ? `${root}/backup` : `${root}/var/lib/weapp-passport-backup`;
    for (const path of [data, copies]) mkdirSync(path, { recursive: true });
    for (const end of ['', '-wal', '-shm']) writeFileSync(`${data}/weapp-passport.sqlite${end}`, 'former');
    const run = () =>
      spawnSync('sh', ['-eu'], {
        cwd: root,
        input: script.replaceAll(/(?<= )\/(?=backup|var)/g, `${root}/`),
      }).status;
    expect(run(), 'without a backup').not.toBe(0);
    expect(readFileSync(`${data}/weapp-passport.sqlite`, 'utf8')).toBe('former');
    for (const day of [29, 31, 30])
      writeFileSync(`${copies}/weapp-passport-2026-01-${day}T023000Z.sqlite`, `${day}`);
    expect(run()).toBe(0);
    expect(readFileSync(`${data}/weapp-passport.sqlite`, 'utf8')).toBe('31');
    expect(readdirSync(data).filter((name) => name.startsWith('weapp'))).toEqual(['weapp-passport.sqlite']);
  });
});
