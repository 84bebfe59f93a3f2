import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../libs/problem/src/index.js';

const ROOT = fileURLToPath(new URL('../../packages/client/', import.meta.url));
const sources = readdirSync(`${ROOT}src`).map((name) => ({
  name,
  text: readFileSync(`${ROOT}src/${name}`, 'utf8'),
}));
const textOf = (name: string) => sources.find((file) => file.name === name)?.text ?? '';
const dist = (path: string) => readFileSync(`${ROOT}dist/${path}`, 'utf8');
const KB = 1024;

describe('the package', () => {
  it.each(['miniprogram/index.js', 'esm/index.mjs'])(
    'is at most 12 KB, and 5 KB compressed, where createPassport is used: %s',
    (path) => {
      const bytes = Buffer.from(dist(path));
      expect(bytes.length).toBeLessThanOrEqual(12 * KB);
      expect(gzipSync(bytes, { level: 9 }).length).toBeLessThanOrEqual(5 * KB);
    },
  );

  it('is at most 16 KB where everything is used', () => {
    const sizes = ['index', 'explain', 'upload', 'download'].map((name) =>
      Buffer.byteLength(dist(`miniprogram/${name}.js`)),
    );
    expect(sizes.reduce((sum, one) => sum + one)).toBeLessThanOrEqual(16 * KB);
  });

  it.each(['miniprogram/index.js', 'miniprogram/explain.js', 'miniprogram/upload.js', 'esm/index.mjs'])(
    'has no syntax newer than ES2017 in %s',
    (path) => {
      const sourceType = path.endsWith('.mjs') ? 'module' : 'commonjs';
      const faults = new Linter().verify(dist(path), { languageOptions: { ecmaVersion: 2017, sourceType } });
      expect(faults).toEqual([]);
    },
  );

  it('uses no built-in that iOS 11 or an old WebView of Android lacks', () => {
    const newer =
      /\.(finally|flat|flatMap|fromEntries|allSettled|any|matchAll|replaceAll|at|trimStart|trimEnd)\(/;
    const globals =
      /\b(globalThis|AbortController|structuredClone|queueMicrotask|URL|URLSearchParams|TextEncoder)\b/;
    expect(dist('miniprogram/index.js')).not.toMatch(newer);
    expect(dist('miniprogram/index.js')).not.toMatch(globals);
  });

  it('has neither state nor work outside of functions', () => {
    for (const { name, text } of sources)
      expect(text, name).not.toMatch(/^(let|var) |^(?!.*=>)const .*new /m);
  });

  it('needs no other package', () => {
    const packageJson = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as object;
    expect(packageJson).not.toHaveProperty('dependencies');
    expect(packageJson).not.toHaveProperty('peerDependencies');
  });

  it('calls each function of the platform in one place', () => {
    const callers = (call: RegExp) => sources.filter(({ text }) => call.test(text)).map(({ name }) => name);
    expect(callers(/port\.request\(/)).toEqual(['wire.ts']);
    expect(callers(/port\.login\(/)).toEqual(['login-code.ts']);
    expect(callers(/\.\w+StorageSync\(/)).toEqual(['storage.ts']);
  });

  it('has a Chinese text for every problem of the service that a phone can get', () => {
    const elsewhere =
      /^(push_|webhook|claim|operator_|service_account_|(host|origin)_not_allowed$|invitation_invalid$|last_owner$|step_up_required$|insufficient_scope$|user_not_found$|signing_key_not_found$|key_rotation_too_early$)/;
    const codes = Object.keys(PROBLEMS);
    expect(codes.length).toBeGreaterThan(40);
    for (const code of codes.filter((code) => !elsewhere.test(code))) {
      expect(textOf('explain.ts'), code).toMatch(new RegExp(`^  ${code}: '[\\u4e00-\\u9fff，]+',$`, 'm'));
      expect(textOf('api-types.ts')).toContain(`'${code}'`);
    }
  });

  it('has what package.json names, and nothing else, in what npm publishes', () => {
    const [packed] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        cwd: ROOT,
        encoding: 'utf8',
      }),
    ) as { files: { path: string }[] }[];
    const files = packed?.files.map(({ path }) => path) ?? [];
    const named = JSON.stringify(JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')));
    for (const [path] of named.matchAll(/dist\/[\w./-]+\.\w+/g)) expect(files).toContain(path);
    const others = files.filter(
      (path) => !/^dist\/(miniprogram|esm)\/[\w-]+\.(js|d\.ts|mjs|d\.mts)$/.test(path),
    );
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'README.zh-CN.md', 'package.json']);
  });
});
