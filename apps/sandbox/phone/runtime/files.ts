import { AVATARS } from './avatars.js';

const TEMPORARY = 'http://tmp/';
const SAVED = 'http://store/';

/** Temporary files live until the mini-program is closed. */
const handedOut = new Set<string>();

/**
 * Gives one of the phone's pictures to the mini-program.
 * @param name of AVATARS
 * @returns its temporary path
 */
export function handOut(name: string): string {
  const path = TEMPORARY + name;
  handedOut.add(path);
  return path;
}

/**
 * Keeps a temporary file beyond this run.
 * @returns the path of the saved file; undefined where there is no such temporary file
 */
export function save(path: string): string | undefined {
  return handedOut.has(path) ? path.replace(TEMPORARY, SAVED) : undefined;
}

/**
 * The address under which a picture of this phone can be shown.
 * @param path of a temporary or saved file, or a data URL
 * @returns undefined for what is not there, and for anything that would have to be fetched
 */
export function pictureOf(path: string): string | undefined {
  if (path.startsWith('data:image/')) return path;
  const isThere = handedOut.has(path) || path.startsWith(SAVED);
  return isThere ? AVATARS.get(path.slice(path.lastIndexOf('/') + 1)) : undefined;
}

/** What lies under a path, for an upload; undefined where the phone has no such file. */
export function fileOf(path: string): File | undefined {
  const svg = pictureOf(path);
  if (svg === undefined) return undefined;
  const content = decodeURIComponent(svg.slice(svg.indexOf(',') + 1));
  return new File([content], path.slice(path.lastIndexOf('/') + 1), { type: 'image/svg+xml' });
}
