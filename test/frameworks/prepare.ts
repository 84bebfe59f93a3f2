import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folders of the projects, which have their own dependencies. */
export const FRAMEWORKS = ['native', 'uni-app', 'taro'] as const;

export type Framework = (typeof FRAMEWORKS)[number];

const CLIENT = fileURLToPath(new URL('../../packages/client', import.meta.url));
const OUTPUTS: Readonly<Record<Framework, string>> = {
  native: '.',
  'uni-app': 'dist/build/mp-weixin',
  taro: 'dist',
};

/** Installs the client, and the project's own dependencies where they are missing. No script of a package runs. */
const INSTALL = [
  'install',
  '--no-save',
  '--no-package-lock',
  '--ignore-scripts',
  '--legacy-peer-deps',
  '--no-audit',
  '--no-fund',
];

/** `miniprogram-ci`, as far as it is used: 构建 npm without the devtools. */
interface MiniprogramCi {
  packNpmManually: (options: { packageJsonPath: string; miniprogramNpmDistDir: string }) => Promise<unknown>;
}

/**
 * Installs the dependencies of a project and the packed client, and builds it.
 * @returns the folder of the built mini-program
 */
export async function prepare(name: Framework): Promise<string> {
  const cwd = fileURLToPath(new URL(name, import.meta.url));
  const npm = (...args: string[]) => run(cwd, ...args);
  const client = packedClient();
  npm(...INSTALL, client);
  rmSync(dirname(client), { recursive: true });
  if (name === 'native') {
    // The phone reads nothing outside of a mini-program.
    copyFileSync(fileURLToPath(new URL('story.js', import.meta.url)), join(cwd, 'story.js'));
    rmSync(join(cwd, 'miniprogram_npm'), { recursive: true, force: true });
    const ci = createRequire(join(cwd, 'package.json'))('miniprogram-ci') as MiniprogramCi;
    await ci.packNpmManually({ packageJsonPath: join(cwd, 'package.json'), miniprogramNpmDistDir: cwd });
  } else npm('run', 'build');
  return join(cwd, OUTPUTS[name]);
}

/** @returns the file that npm would publish, in a folder of its own */
function packedClient(): string {
  const folder = mkdtempSync(join(tmpdir(), 'client-'));
  const [packed] = JSON.parse(
    run(CLIENT, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder),
  ) as { filename: string }[];
  return join(folder, packed?.filename ?? '');
}

function run(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: 'pipe' });
}
