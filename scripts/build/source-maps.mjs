import { readFileSync, writeFileSync } from 'node:fs';
import { decode, encode } from '@jridgewell/sourcemap-codec';

/** @typedef {import('@jridgewell/sourcemap-codec').SourceMapSegment} Segment */

/**
 * Removes from a source map what is mapped into node_modules, which is most of it: a process that prints a stack trace reads
 * the whole map.
 * @param {string} file the source map
 */
export function dropPackages(file) {
  /** @type {{ sources: string[], mappings: string }} */
  const map = JSON.parse(readFileSync(file, 'utf8'));
  const isOurs = map.sources.map((source) => !source.includes('node_modules/'));
  let wasOurs = true;
  const lines = decode(map.mappings).map((line) =>
    line.flatMap((/** @type {Segment} */ segment) => {
      const before = wasOurs;
      wasOurs = segment.length > 1 && isOurs[segment[1] ?? -1] === true;
      if (wasOurs) return [segment];
      // A segment without a source ends the one before.
      return before ? [/** @type {Segment} */ ([segment[0]])] : [];
    }),
  );
  const sources = map.sources.map((source, index) => (isOurs[index] ? source : ''));
  writeFileSync(file, JSON.stringify({ ...map, sources, mappings: encode(lines) }));
}
