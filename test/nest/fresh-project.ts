import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildNest } from '../../scripts/build/nest.mjs';
import { splitCode, textOf } from '../docs/pages.js';
import { ROOT } from '../support/process.js';
import type { Platform } from './back-end.js';

/** How a project is compiled, and the HTTP server of Nest that it uses. */
export interface Kind {
  readonly modules: 'commonjs' | 'module';
  readonly platform: Platform;
}

/** Not the synchronous form: the sandbox in this process would close its connections meanwhile. */
const run = promisify(execFile);

const INSTALL = [
  'install',
  '--prefer-offline',
  '--ignore-scripts',
  '--no-package-lock',
  '--no-audit',
  '--no-fund',
];

const OPTIONS = {
  target: 'es2023',
  types: ['node'],
  strict: true,
  isolatedModules: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  skipLibCheck: true,
};

const MAIN = (platform: Platform) => `
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { ${adapterOf(platform)} } from '@nestjs/platform-${platform}';
import { AppModule } from './app.module.js';

async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule, new ${adapterOf(platform)}());
  await app.listen(0, '127.0.0.1');
  console.log(\`listening on \${await app.getUrl()}\`);
}
void main();
`;

/**
 * Builds the package, and packs it as npm would publish it.
 * @param folder where the file is created
 * @returns its path
 */
export async function packed(folder: string): Promise<string> {
  await buildNest();
  const output = await npm(join(ROOT, 'packages/nest'), 'pack', '--json', '--pack-destination', folder);
  const [{ filename }] = JSON.parse(output) as [{ filename: string }];
  return join(folder, filename);
}

/**
 * Installs the package in a new project with the code of docs/verify-elsewhere.md. Conflicts of peer dependencies fail.
 * @param folder does not exist yet
 * @param nest the version of every package `@nestjs/…`
 */
export async function install(
  folder: string,
  tarball: string,
  nest: string,
  kinds: readonly Kind[],
): Promise<void> {
  mkdirSync(join(folder, 'src'), { recursive: true });
  const names = ['common', 'core', ...kinds.map(({ platform }) => `platform-${platform}`)];
  const dependencies = {
    ...Object.fromEntries(names.map((name) => [`@nestjs/${name}`, nest])),
    '@types/node': '20.19.43',
    '@weapp-passport/nest': `file:${tarball}`,
    'reflect-metadata': '0.2.2',
    rxjs: '7.8.2',
  };
  writeJson(join(folder, 'package.json'), { private: true, type: 'module', dependencies });
  writeFileSync(join(folder, 'src/app.module.ts'), codeOfThePage());
  for (const { platform } of kinds) writeFileSync(join(folder, `src/${platform}.ts`), MAIN(platform));
  await npm(folder, ...INSTALL);
}

/** Compiles a project. Type errors fail. @returns the script that starts it */
export async function compile(folder: string, { modules, platform }: Kind): Promise<string> {
  const format =
    modules === 'module' ? { module: 'nodenext' } : { module: 'commonjs', moduleResolution: 'bundler' };
  const compilerOptions = { ...OPTIONS, ...format, rootDir: 'src', outDir: modules };
  writeJson(join(folder, 'tsconfig.json'), { compilerOptions, files: [`src/${platform}.ts`] });
  await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc')], { cwd: folder });
  writeJson(join(folder, modules, 'package.json'), { type: modules });
  return join(folder, modules, `${platform}.js`);
}

function writeJson(file: string, value: object): void {
  writeFileSync(file, JSON.stringify(value));
}

function codeOfThePage(): string {
  const block = splitCode(textOf('docs/verify-elsewhere.md')).blocks.find(
    ({ language }) => language === 'ts',
  );
  if (!block) throw new Error('the page has no code for Nest');
  return block.code;
}

function adapterOf(platform: Platform): string {
  return platform === 'express' ? 'ExpressAdapter' : 'FastifyAdapter';
}

async function npm(cwd: string, ...args: string[]): Promise<string> {
  return (await run('npm', args, { cwd })).stdout;
}
