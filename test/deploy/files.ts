import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

const DEPLOY = fileURLToPath(new URL('../../deploy', import.meta.url));

/** A file below deploy/, as text. */
export const text = (file: string): string => readFileSync(join(DEPLOY, file), 'utf8');

/**
 * Its YAML document, to be read as what it should be. `merge` resolves `<<`.
 * @throws where it is not exactly one, or has a fault
 */
export function yaml(file: string, options: { merge?: boolean } = {}): unknown {
  const [document, ...others] = parseAllDocuments(text(file), options);
  if (!document || others.length > 0) throw new Error(`${file} is not one document`);
  const [fault] = [...document.errors, ...document.warnings];
  if (fault) throw fault;
  return document.toJS();
}

/** The files below a folder of deploy/. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(join(DEPLOY, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
