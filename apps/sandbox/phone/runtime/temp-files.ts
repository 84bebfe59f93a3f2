import { AVATARS } from './avatars.js';

/**
 * The address under which a picture of this phone can be shown.
 * @param path a temporary path of the phone (`http://tmp/…`), or a data URL
 * @returns undefined for anything that would have to be fetched
 */
export function pictureOf(path: string): string | undefined {
  return path.startsWith('data:image/') ? path : AVATARS.get(path);
}

/**
 * What lies under a temporary path, for an upload.
 * @returns undefined where the phone has no such file
 */
export function fileOf(path: string): File | undefined {
  const svg = AVATARS.get(path);
  if (svg === undefined) return undefined;
  const content = decodeURIComponent(svg.slice(svg.indexOf(',') + 1));
  return new File([content], path.slice(path.lastIndexOf('/') + 1), { type: 'image/svg+xml' });
}
