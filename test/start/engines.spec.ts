import { readFileSync } from 'node:fs';
import { minVersion, satisfies } from 'semver';
import { expect, it } from 'vitest';

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
