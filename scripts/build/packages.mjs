// Fills the npm packages of the service and of the sandbox, dist/npm/<name>, from what `npm run build` has made.
// Files have the paths of the repository, so that the programs find each other.
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EXTERNAL } from './external.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NPM = `${ROOT}dist/npm`;

/** The sandbox, with what compiles a mini-program of one's own. */
const SANDBOX = {
  files: [
    'apps/sandbox/clock',
    'apps/sandbox/phone',
    'apps/sandbox/texts',
    'dist/apps/sandbox',
    ...['folder', 'mini-program', 'options', 'own-phone', 'parts', 'wxss'].map(
      (name) => `scripts/phone/${name}.mjs`,
    ),
  ],
  dependencies: [
    'esbuild',
    'fastify',
    'glass-easel',
    'glass-easel-miniprogram-adapter',
    'glass-easel-template-compiler',
  ],
};

/** @type {Record<string, { files: string[], dependencies: string[], optional: string[] }>} */
const PACKAGES = {
  sandbox: { ...SANDBOX, optional: [] },
  passport: {
    files: [
      ...SANDBOX.files,
      'apps/cli/src/language.js',
      'dist/apps/api',
      'dist/apps/cli',
      'dist/console',
      'dist/licenses.txt',
      'dist/shared',
      'scripts/processes.mjs',
      'scripts/start',
    ],
    dependencies: [...EXTERNAL.filter((name) => name !== 'sqlite3'), ...SANDBOX.dependencies],
    // A machine without its binary and without a compiler can use a database server.
    optional: ['sqlite3'],
  },
};

/** @type {Record<string, any>} */
const root = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
/** @type {Record<string, string>} */
const versions = { ...root.dependencies, ...root.devDependencies };
const { version, license, homepage, bugs, repository, engines, type } = root;

/** @param {string[]} names */
const pinned = (names) => Object.fromEntries(names.map((name) => [name, versions[name]]));

if (!existsSync(`${ROOT}dist/shared`)) throw new Error('run npm run build first');
rmSync(NPM, { recursive: true, force: true });
for (const [folder, { files, dependencies, optional }] of Object.entries(PACKAGES)) {
  const own = JSON.parse(readFileSync(`${ROOT}packages/${folder}/package.json`, 'utf8'));
  const target = `${NPM}/${own.name}`;
  cpSync(`${ROOT}packages/${folder}`, target, { recursive: true });
  cpSync(`${ROOT}LICENSE`, `${target}/LICENSE`);
  for (const file of files)
    cpSync(ROOT + file, `${target}/${file}`, {
      recursive: true,
      filter: (path) => !/\.spec\.[jt]s$|[\\/]sandbox[\\/]test\b/.test(path),
    });
  const description = {
    ...own,
    private: undefined,
    version,
    license,
    homepage,
    bugs,
    repository,
    engines,
    type,
    // `npm start` reads from it how much memory the service may use.
    ...(folder === 'passport' && { scripts: { 'start:prod': root.scripts['start:prod'] } }),
    dependencies: pinned(dependencies),
    optionalDependencies: pinned(optional),
  };
  writeFileSync(`${target}/package.json`, `${JSON.stringify(description, null, 2)}\n`);
}
