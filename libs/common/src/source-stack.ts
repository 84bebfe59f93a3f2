import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The folder of the build, with a slash at the end; undefined if this runs from its source. */
const BUILD = /^file:.*\/dist\//.exec(import.meta.url)?.[0];
const POSITION = /(file:[^\s():]*\/dist\/)([\w/-]+\.js):(\d+):(\d+)/g;

const maps = new Map<string, SourceMap>();

/**
 * Returns a stack trace with our own files as `libs/auth/src/auth.guard.ts:12:3` instead of their place in the build. Node's
 * `--enable-source-maps` does the same, but holds the maps in memory from the start.
 */
export function sourceStack(stack: string): string {
  return stack.replace(POSITION, (position, build: string, file: string, line: string, column: string) => {
    if (build !== BUILD) return position;
    const found = mapOf(fileURLToPath(`${build}${file}.map`))?.findEntry(
      Number(line) - 1,
      Number(column) - 1,
    );
    if (!found || !('originalSource' in found) || !found.originalSource) return position;
    const source = found.originalSource.replace(/^(\.\.\/)+/, '');
    return `${source}:${found.originalLine + 1}:${found.originalColumn + 1}`;
  });
}

/** Returns a source map; undefined if there is no such file. Each is read once. */
function mapOf(path: string): SourceMap | undefined {
  const known = maps.get(path);
  if (known || !existsSync(path)) return known;
  const map = new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as SourceMapPayload);
  maps.set(path, map);
  return map;
}
