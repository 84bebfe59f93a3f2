import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const json = (path: string) => JSON.parse(read(path)) as Record<string, unknown>;
const version = String(json('package.json')['version']);

describe('the repository', () => {
  it('has one version, in its packages, its deployment and its changelog', () => {
    expect(json('package-lock.json')['version']).toBe(version);
    for (const name of ['client', 'nest'])
      expect(json(`packages/${name}/package.json`)['version']).toBe(version);
    expect(json('miniprogram/package.json')['dependencies']).toEqual({ 'weapp-passport-client': version });
    expect(read('deploy/kubernetes/kustomization.yaml')).toContain(`newTag: ${version}\n`);
    expect(/^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
  });

  it('pins every action of its workflows by a full commit, next to its version', () => {
    const uses = readdirSync(new URL('../../.github/workflows', import.meta.url))
      .flatMap((name) => read(`.github/workflows/${name}`).split('\n'))
      .filter((line) => /\buses:/.test(line));
    expect(uses).not.toEqual([]);
    for (const line of uses) expect(line).toMatch(/ uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('releases by a person only, with write permissions only in the jobs that publish', () => {
    const workflow = parse(read('.github/workflows/release.yml')) as {
      on: object;
      permissions: object;
      jobs: Record<string, { permissions: object; environment?: string; steps: { run?: string }[] }>;
    };
    expect(Object.keys(workflow.on)).toEqual(['workflow_dispatch']);
    expect(workflow.permissions).toEqual({});
    const { packages, image, publish } = workflow.jobs;
    expect(packages?.permissions).toEqual({ contents: 'read' });
    expect(image?.permissions).toEqual({ contents: 'read', packages: 'write' });
    expect(publish?.environment).toBe('release');
    const commands = Object.values(workflow.jobs).flatMap(({ steps }) => steps.map(({ run = '' }) => run));
    // An input in a command would be run by the shell.
    expect(commands.join('\n')).not.toContain('${{');
    for (const part of ['--provenance', 'npm sbom', 'sha256sum', 'CHANGELOG.md', 'npm audit'])
      expect(commands.join('\n')).toContain(part);
  });

  it('runs in its workflow the npm scripts of .ci/run, on the Node version of the engines and newer ones', () => {
    const workflow = parse(read('.github/workflows/ci.yml')) as {
      permissions: unknown;
      jobs: { run: { strategy: { matrix: { script: string[]; node: number[] } } } };
    };
    const { script, node } = workflow.jobs.run.strategy.matrix;
    expect(/CI_SCRIPTS:-([\w: ]+)\}/.exec(read('.ci/run'))?.[1]?.split(' ')).toEqual(script);
    for (const name of script) expect(json('package.json')['scripts']).toHaveProperty([name]);
    expect(statSync(new URL('../../.ci/run', import.meta.url)).mode & 0o111, '.ci/run is executable').toBe(
      0o111,
    );
    expect(node[0]).toBe(Number(read('.nvmrc')));
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });
});
