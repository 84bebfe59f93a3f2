// The phone with a mini-program of the developer's own: `npm run sandbox -- --miniprogram <folder>`.
import { basename } from 'node:path';
import { context } from 'esbuild';
import { MiniProgramError, MiniProgramFolder } from './folder.mjs';
import { phoneOptions } from './options.mjs';

/**
 * Prepares the phone for a mini-program.
 * @param {string} folder of app.json
 * @throws {MiniProgramError} it is none
 */
export async function ownPhone(folder) {
  new MiniProgramFolder(folder);
  const build = await context({
    ...phoneOptions(folder),
    write: false,
    sourcemap: 'inline',
    logLevel: 'silent',
  });
  return {
    /**
     * Compiles the mini-program as it is now.
     * @returns {Promise<Record<string, string>>} `phone.js` and `phone-style.css`
     * @throws {MiniProgramError} it cannot be compiled
     */
    async compile() {
      try {
        const { outputFiles } = await build.rebuild();
        return Object.fromEntries(outputFiles.map(({ path, text }) => [basename(path), text]));
      } catch (error) {
        throw new MiniProgramError(faultsOf(error).join('\n'));
      }
    },
    close: () => build.dispose(),
  };
}

/**
 * Returns what esbuild and the plugin found, each in one line. An error of the plugin is in `detail`.
 * @param {unknown} error
 * @returns {string[]}
 */
function faultsOf(error) {
  const failure = /** @type {Partial<import('esbuild').BuildFailure>} */ (error);
  if (!failure.errors) return [error instanceof Error ? error.message : String(error)];
  const lines = failure.errors.flatMap(({ detail, text, location }) => {
    if (detail) return faultsOf(detail);
    return location ? [`${location.file}, line ${location.line}: ${text}`] : [text];
  });
  return [...new Set(lines)];
}
