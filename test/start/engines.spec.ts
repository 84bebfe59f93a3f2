import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';

/** The package has no types of its own. */
const { minVersion, satisfies } = createRequire(import.meta.url)('semver') as {
  minVersion: (range: string) => { version: string } | null;
  satisfies: (version: string, range: string) => boolean;
};

interface Package {
  engines?: { node?: string };
}

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

it('installs no package that refuses the oldest Node.js the service supports', () => {
  const { engines } = JSON.parse(read('package.json')) as Package;
  const oldest = minVersion(engines?.node ?? '')?.version ?? '';
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Package> };
  const refusing = Object.entries(packages).filter(
    ([, { engines }]) => !satisfies(oldest, engines?.node ?? '*'),
  );
  expect(oldest).toBe('20.19.0');
  expect(refusing.map(([name]) => name)).toEqual([]);
});
