import { pictures } from 'mini-program:code';
import { AVATARS } from './avatars.js';

const TEMPORARY = 'http://tmp/';
const SAVED = 'http://store/';
/** `wx.env.USER_DATA_PATH`: where a mini-program may choose the names of its files. */
export const USER_DATA_PATH = 'http://usr';

/** A file of this phone, and the data URL under which a page can show it. */
interface StoredFile {
  content: Blob;
  address: string;
}

/** Files live until the mini-program is closed, which is when the page is loaded again. */
const files = new Map<string, StoredFile>();
/** Of this page; not the number of files, because downloads run at the same time. */
let downloads = 0;
/** Avatars can be saved beyond that: the phone has them anyway. */
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
 * Stores what was downloaded or written.
 * @param url its last part gives the temporary file its ending
 * @param path where the mini-program wants it, below USER_DATA_PATH
 * @returns its path; undefined for a path elsewhere
 */
export async function keep(content: Blob, url: string, path?: string): Promise<string | undefined> {
  if (path !== undefined && !path.startsWith(`${USER_DATA_PATH}/`)) return undefined;
  const [ending = ''] = /\.[a-z0-9]{1,5}$/i.exec(url.replace(/[?#].*/s, '')) ?? [];
  const stored = path ?? `${TEMPORARY}download-${(downloads += 1)}${ending}`;
  files.set(stored, { content, address: await dataUrlOf(content) });
  return stored;
}

/** Removes a file that the mini-program has written. @returns whether there was one */
export function remove(path: string): boolean {
  return path.startsWith(`${USER_DATA_PATH}/`) && files.delete(path);
}

/**
 * Keeps a temporary file.
 * @returns the path of the saved file; undefined where there is no such temporary file
 */
export function save(path: string): string | undefined {
  const file = files.get(path);
  if (!path.startsWith(TEMPORARY) || (!file && !handedOut.has(path))) return undefined;
  const saved = path.replace(TEMPORARY, SAVED);
  if (file) files.set(saved, file);
  return saved;
}

/**
 * The address under which a picture of this phone can be shown.
 * @param path of a temporary or saved file, of a picture of the mini-program (from its root), or a data URL
 * @returns undefined for what is not there, and for anything that would have to be fetched
 */
export function pictureOf(path: string): string | undefined {
  if (path.startsWith('data:image/')) return path;
  const { address } = files.get(path) ?? {};
  if (address !== undefined) return address.startsWith('data:image/') ? address : undefined;
  if (handedOut.has(path) || path.startsWith(SAVED)) return AVATARS.get(nameOf(path));
  const inside = path.replace(/^\//, '');
  return Object.hasOwn(pictures, inside) ? pictures[inside] : undefined;
}

/** What lies under a path, for an upload; undefined where the phone has no such file. */
export function fileOf(path: string): File | undefined {
  const { content } = files.get(path) ?? {};
  if (content) return new File([content], nameOf(path), { type: content.type });
  const svg = pictureOf(path);
  if (!svg?.startsWith('data:image/svg+xml,')) return undefined;
  return new File([decodeURIComponent(svg.slice(svg.indexOf(',') + 1))], nameOf(path), {
    type: 'image/svg+xml',
  });
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function dataUrlOf(content: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(reader.result as string);
    };
    reader.onerror = () => {
      reject(reader.error ?? new Error('unreadable'));
    };
    reader.readAsDataURL(content);
  });
}
