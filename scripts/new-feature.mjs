// Creates a feature of your own in the folder features: `npm run new:feature gift-cards`. The template is examples/orders.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { languageOf } from '../apps/cli/src/language.js';
import { namesOf, rename } from './new-feature/rename.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TEMPLATE = join(ROOT, 'examples/orders');
const LIST = join(ROOT, 'features/index.ts');

const SOURCES = readdirSync(TEMPLATE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(join(TEMPLATE, file), 'utf8') }));

const WORDS = {
  en: {
    usage:
      'npm run new:feature <name>: lower-case letters, digits and hyphens, in the plural, for example gift-cards.',
    taken: (/** @type {string} */ what) => `${what} exists already: choose another name.`,
    created: (/** @type {string} */ folder) =>
      `Created ${folder}. Next: npm run build && npx vitest run ${folder}`,
  },
  zh: {
    usage: 'npm run new:feature <name>：名称用小写字母、数字和连字符，取复数形式，例如 gift-cards。',
    taken: (/** @type {string} */ what) => `${what} 已存在，请换一个名称。`,
    created: (/** @type {string} */ folder) =>
      `已创建 ${folder}。下一步：npm run build && npx vitest run ${folder}`,
  },
}[languageOf(process.env)];

const [name = ''] = process.argv.slice(2);
const refusal = refusalOf(name);
if (refusal === undefined) await create(name);
else {
  console.error(refusal);
  process.exitCode = 2;
}

/** @param {string} name */
function refusalOf(name) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 32) return WORDS.usage;
  if (existsSync(join(ROOT, 'features', name))) return WORDS.taken(`features/${name}`);
  const { singular, plural } = namesOf(name);
  if (tables().includes(plural.snake)) return WORDS.taken(plural.snake);
  if (importedNames().has(singular.pascal) || singular.pascal in globalThis)
    return WORDS.taken(singular.pascal);
  /** @type {{ paths: object }} */
  const { paths } = JSON.parse(readFileSync(join(ROOT, 'docs/openapi.json'), 'utf8'));
  const route = `/api/${name}`;
  return Object.keys(paths).some((path) => path === route || path.startsWith(`${route}/`))
    ? WORDS.taken(route)
    : undefined;
}

/** The names that the template imports of packages and libs: an entity cannot have one of them. */
function importedNames() {
  const imports = SOURCES.flatMap(({ text }) => text.match(/^import [^']*from '[^.]/gm) ?? []);
  return new Set(imports.flatMap((line) => line.split(/\W+/)));
}

/** The tables of the service and of the features so far. */
function tables() {
  return ['libs', 'features']
    .flatMap((top) =>
      readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' }).map((file) =>
        join(ROOT, top, file),
      ),
    )
    .filter((file) => file.endsWith('.entity.ts'))
    .map((file) => /@Entity\('(\w+)'\)/.exec(readFileSync(file, 'utf8'))?.[1]);
}

/** @param {string} name */
async function create(name) {
  const names = namesOf(name);
  const timestamp = String(Date.now());
  const folder = join(ROOT, 'features', name);
  for (const { file, text } of SOURCES) {
    const target = join(folder, rename(file, names, timestamp, true));
    mkdirSync(dirname(target), { recursive: true });
    await write(target, rename(text, names, timestamp));
  }
  const module = `${names.plural.pascal}Module`;
  const list = readFileSync(LIST, 'utf8')
    .replace(/^/, `import { ${module} } from './${name}/index.js';\n`)
    .replace(/(FEATURES[^=]*= \[)/, `$1${module}, `);
  await write(LIST, list);
  console.log(WORDS.created(`features/${name}`));
}

/** @param {string} file @param {string} text */
async function write(file, text) {
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
