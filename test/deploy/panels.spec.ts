import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../apps/cli/src/run.js';
import { ConfigError, loadConfig } from '../../libs/config/src/index.js';
import { VARIABLES } from '../../libs/config/src/variables/variables.js';
import { SECRET_KEY } from '../support/stack.js';
import { filesBelow, text, yaml } from './files.js';

const KNOWN = Object.keys(VARIABLES);
const WEIXIN_APPS = 'wx1234567890abcdef:0123456789abcdef0123456789abcdef';
const isSecret = (name: string) => /SECRET|PASSWORD|WEIXIN_APPS/.test(name);

describe('deploy/cloud-run/container.config.json', () => {
  const template = JSON.parse(text('cloud-run/container.config.json')) as {
    containerPort: number;
    dockerfilePath: string;
    minNum: number;
    envParams: Record<string, string>;
    dataBaseName: string;
    executeSQLs: string[];
  };

  it('has the port of the image and its Dockerfile, and never stops all instances', () => {
    expect(text('Dockerfile')).toContain(` PORT=${template.containerPort} `);
    expect(text(`../${template.dockerfilePath}`)).toContain('FROM ');
    expect(template.minNum).toBeGreaterThan(0);
  });

  it('sets only variables that the service reads, and no secret', () => {
    const names = Object.keys(template.envParams);
    expect(names.filter((name) => !KNOWN.includes(name))).toEqual([]);
    for (const name of names.filter(isSecret)) expect(template.envParams[name]).toBe('');
  });

  it('is a configuration that starts on the MySQL of the platform, once it is filled in, and not before', () => {
    const mysql = { MYSQL_ADDRESS: '10.0.0.7:3306', MYSQL_USERNAME: 'root', MYSQL_PASSWORD: 'generated' };
    const given = { NODE_ENV: 'production', ...template.envParams, ...mysql };
    expect(() => loadConfig(given)).toThrow(ConfigError);
    const config = loadConfig({ ...given, SECRET_KEY, WEIXIN_APPS, JWT_ISSUER: 'https://login.example.com' });
    expect(config).toMatchObject({ WEIXIN_CLOUD_RUN: true, TRUST_PROXY_HOPS: 1 });
    expect(new URL(config.DATABASE_URL).pathname).toBe(`/${template.dataBaseName}`);
    expect(template.executeSQLs[0]).toContain(`IF NOT EXISTS ${template.dataBaseName} `);
  });
});

describe('deploy/1panel', () => {
  const [version = ''] = filesBelow('1panel/weapp-passport').flatMap(
    (file) => /(\d+\.\d+\.\d+)$/.exec(file)?.[1] ?? [],
  );
  const folder = `1panel/weapp-passport/${version}`;
  const { formFields } = (
    yaml(`${folder}/data.yml`) as {
      additionalProperties: {
        formFields: { envKey: string; type: string; default: unknown; random?: boolean }[];
      };
    }
  ).additionalProperties;
  const { services } = yaml(`${folder}/docker-compose.yml`, { merge: true }) as {
    services: Record<string, Record<string, unknown> & { environment: Record<string, string> }>;
  };

  it('has the version of the package, for its image and its pages too', () => {
    expect(version).toBe((JSON.parse(text('../package.json')) as { version: string }).version);
    for (const { image } of Object.values(services)) expect(image).toBe(`weapp-passport:${version}`);
    for (const page of ['README.md', 'README.zh-CN.md'])
      expect(text(`1panel/${page}`)).toContain(`-t weapp-passport:${version} .`);
  });

  it('asks for every setting that the files of Compose need, and has no default secret', () => {
    const needed = [...text(`${folder}/docker-compose.yml`).matchAll(/\$\{(\w+):\?\}/g)].map(
      ([, name]) => name,
    );
    expect(formFields.map(({ envKey }) => envKey).sort()).toEqual(
      [...new Set(needed)].filter((name) => name !== 'CONTAINER_NAME').sort(),
    );
    for (const field of formFields.filter(({ envKey }) => isSecret(envKey)))
      expect(field).toMatchObject({ type: 'password', default: '', required: true });
    for (const field of formFields) expect(field.random).toBeUndefined();
  });

  it('sets only variables that the service reads, listens on loopback, and publishes no port', () => {
    for (const service of Object.values(services)) {
      expect(Object.keys(service.environment).filter((name) => !KNOWN.includes(name))).toEqual([]);
      expect(service.environment).toMatchObject({ HOST: '127.0.0.1', ADMIN_PORT: '9002' });
      expect(service).not.toHaveProperty('ports');
      expect(service).toMatchObject({ user: '1000:1000', read_only: true, cap_drop: ['ALL'] });
    }
  });

  it('runs as deploy/one-server does', () => {
    const one = yaml('one-server/compose.yaml', { merge: true }) as {
      services: Record<string, typeof services.x>;
    };
    const own = ['container_name', 'environment', 'image', 'labels', 'restart', 'build'];
    const essence = (service = {}) => Object.entries(service).filter(([name]) => !own.includes(name));
    expect(services['backup']?.['command']).toEqual(one.services['backup']?.['command']);
    expect(services['backup']?.['healthcheck']).toEqual(one.services['backup']?.['healthcheck']);
    expect(Object.fromEntries(essence(services['weapp-passport']))).toEqual(
      Object.fromEntries(essence(one.services['api'])),
    );
  });

  it.each(['1panel', 'cloud-run', 'several-servers'])('has a page with commands that exist: %s', (name) => {
    const names = new Set<string>(COMMANDS.map((command) => command.name));
    for (const page of ['README.md', 'README.zh-CN.md']) {
      const used = [...text(`${name}/${page}`).matchAll(/^(?:docker .* )?passport ([a-z-]+)/gm)].map(
        ([, command = '']) => command,
      );
      expect(used).toContain('doctor');
      expect(used.filter((command) => !names.has(command))).toEqual([]);
    }
  });
});
