// Fails if a package of package-lock.json has a license that is neither allowed nor an exception with a reason.
import { readFileSync } from 'node:fs';

const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
]);

/**
 * Packages that may have another license, or none in the lock file.
 * @type {Record<string, { license: string, reason: string }>}
 */
const EXCEPTIONS = {
  '@cspell/dict-en-common-misspellings': {
    license: 'CC BY-SA 4.0',
    reason: 'spelling check only, not shipped',
  },
  'axe-core': { license: 'MPL-2.0', reason: 'tests only, not shipped' },
  busboy: { license: 'none', reason: 'MIT, in the old member `licenses`' },
  lightningcss: { license: 'MPL-2.0', reason: 'a dependency of vitest, not shipped' },
  'passport-strategy': { license: 'none', reason: 'MIT, in the old member `licenses`' },
  pause: { license: 'none', reason: 'MIT, in its readme' },
  streamsearch: { license: 'none', reason: 'MIT, in the old member `licenses`' },
};

/** @type {{ packages: Record<string, { license?: string }> }} */
const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const used = new Set();
const faults = Object.entries(packages).flatMap(([path, { license = 'none' }]) => {
  // lightningcss has a package for each platform.
  const name = path.replace(/^.*node_modules\//, '').replace(/^(lightningcss)-.*/, '$1');
  if (path === '' || isAllowed(license)) return [];
  used.add(name);
  return EXCEPTIONS[name]?.license === license ? [] : [`${name}: ${license}`];
});
for (const name of Object.keys(EXCEPTIONS)) if (!used.has(name)) faults.push(`${name}: exception not needed`);

for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;

/** Of alternatives, one must be allowed; of several together, each. */
function isAllowed(/** @type {string} */ license) {
  const all = license.replace(/^\(|\)$/g, '');
  return all.split(' OR ').some((one) => one.split(' AND ').every((id) => ALLOWED.has(id)));
}
