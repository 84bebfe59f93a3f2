import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** The phone with a mini-program of the developer's own: what scripts/phone/own-phone.mjs gives. */
export interface OwnPhone {
  /** Returns `phone.js` and `phone-style.css` of the mini-program as it is now. */
  compile(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** Compiles mini-programs. It is in the repository only, with the packages that it needs. */
const COMPILER = new URL('../../../../scripts/phone/own-phone.mjs', import.meta.url);

/**
 * Reads `--miniprogram <folder>`, and compiles that mini-program once.
 * @param args of the command line
 * @param from the folder that a relative path begins at: npm changes the current one
 * @returns undefined without the option
 * @throws {Error} an unknown option, or a mini-program that cannot be compiled
 */
export async function openOwnPhone(
  args: readonly string[],
  from = process.cwd(),
): Promise<OwnPhone | undefined> {
  const { values } = parseArgs({ args: [...args], options: { miniprogram: { type: 'string' } } });
  if (values.miniprogram === undefined) return undefined;
  const { ownPhone } = (await import(COMPILER.href)) as {
    ownPhone: (folder: string) => Promise<OwnPhone>;
  };
  const phone = await ownPhone(resolve(from, values.miniprogram));
  try {
    await phone.compile();
    return phone;
  } catch (error) {
    await phone.close();
    throw error;
  }
}
