import { resolve } from 'node:path';

/** The phone with a mini-program of the developer's own: what scripts/phone/own-phone.mjs gives. */
export interface OwnPhone {
  /** Returns `phone.js` and `phone-style.css` of the mini-program as it is now. */
  compile(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** Compiles mini-programs. The image of the service does not have it. */
const COMPILER = new URL('../../../../scripts/phone/own-phone.mjs', import.meta.url);

/**
 * Compiles a mini-program once.
 * @param folder of app.json; undefined: none
 * @param from the folder that a relative path begins at: npm changes the current one
 * @returns undefined without a folder
 * @throws {Error} a mini-program that cannot be compiled
 */
export async function openOwnPhone(
  folder: string | undefined,
  from = process.cwd(),
): Promise<OwnPhone | undefined> {
  if (folder === undefined) return undefined;
  const { ownPhone } = (await import(COMPILER.href)) as {
    ownPhone: (folder: string) => Promise<OwnPhone>;
  };
  const phone = await ownPhone(resolve(from, folder));
  try {
    await phone.compile();
    return phone;
  } catch (error) {
    await phone.close();
    throw error;
  }
}
