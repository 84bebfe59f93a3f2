import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../libs/problem/src/index.js';

const folder = fileURLToPath(new URL('../../miniprogram/services/', import.meta.url));
const files = readdirSync(folder).map((name) => ({ name, text: readFileSync(folder + name, 'utf8') }));
const textOf = (name: string) => files.find((file) => file.name === name)?.text ?? '';

describe('the services', () => {
  it('are at most 12 KB, minified', () => {
    const { outputFiles } = buildSync({
      entryPoints: [`${folder}index.ts`],
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      target: 'es2020',
    });
    expect(outputFiles[0]?.contents.length).toBeLessThanOrEqual(12 * 1024);
  });

  it('can be copied: they need nothing but each other and config.ts', () => {
    const imports = files.flatMap(({ text }) =>
      [...text.matchAll(/from '([^']+)'/g)].map(([, path]) => path),
    );
    for (const path of imports) expect(path).toMatch(/^(\.\/[a-z-]+|\.\.\/config)$/);
  });

  it('use no type any', () => {
    for (const { name, text } of files) expect(text, name).not.toMatch(/\bany\b(?= *[[\]<>,;)=|&])/);
  });

  it('send and read in one place each', () => {
    const callers = (name: RegExp) => files.filter(({ text }) => name.test(text)).map((file) => file.name);
    expect(callers(/^(?! *\*).*wx\.(request|uploadFile)\(/m)).toEqual(['send.ts']);
    expect(callers(/^(?! *\*).*wx\.\w+Storage/m)).toEqual(['storage.ts']);
    expect(callers(/^(?! *\*).*wx\.login\(/m)).toEqual(['login-code.ts']);
  });

  it('have a Chinese text for every problem of the service', () => {
    for (const code of Object.keys(PROBLEMS)) {
      expect(textOf('errors.ts'), code).toMatch(new RegExp(`^  ${code}: '[\\u4e00-\\u9fff，]+',$`, 'm'));
      expect(textOf('api-types.ts')).toContain(`'${code}'`);
    }
  });
});
