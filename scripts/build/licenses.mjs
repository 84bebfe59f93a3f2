import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Writes the licenses of the packages in a bundle, which must go with it.
 * @param {string} root the repository
 * @param {import('esbuild').Metafile} metafile of the bundle
 * @param {string} target below the repository
 */
export function writeLicenses(root, { inputs }, target) {
  const folders = Object.keys(inputs).flatMap(
    (path) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
  );
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8'));
    const files = readdirSync(root + folder).filter((file) =>
      /^(license|licence|copying|notice)/i.test(file),
    );
    const notices = files.map((file) => readFileSync(`${root}${folder}/${file}`, 'utf8').trim());
    return [`${name} ${version} (${license})`, ...notices].join('\n\n');
  });
  writeFileSync(root + target, `${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
}
