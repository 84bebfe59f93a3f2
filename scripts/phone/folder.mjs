// The folder of a mini-program. Every file of it is read here, and none outside of it.
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** What is wrong with a mini-program, in words for the developer who wrote it. */
export class MiniProgramError extends Error {}

export class MiniProgramFolder {
  /** @param {string} path of the folder of app.json */
  constructor(path) {
    if (!existsSync(path) || !statSync(path).isDirectory())
      throw new MiniProgramError(`${path} is not a folder`);
    /** @type {string} Without symbolic links. */
    this.root = realpathSync(path);
    if (!this.has('app.json'))
      throw new MiniProgramError(
        `${path} has no app.json. Name the folder that has it: of uni-app dist/build/mp-weixin, of Taro dist`,
      );
  }

  /**
   * Whether a path, with symbolic links followed, is in the folder.
   * @param {string} path absolute
   */
  contains(path) {
    return realpathSync(path).startsWith(this.root + sep);
  }

  /**
   * Whether there is a file. None outside of the folder is looked for.
   * @param {string} file from the root, as all paths here
   */
  has(file) {
    const path = join(this.root, file);
    return path.startsWith(this.root + sep) && existsSync(path);
  }

  /**
   * @param {string} file
   * @throws {MiniProgramError} it is missing, or outside of the folder
   */
  bytes(file) {
    const path = join(this.root, file);
    if (!this.has(file)) throw new MiniProgramError(`${file} is missing`);
    if (!this.contains(path)) throw new MiniProgramError(`${file} is outside of the mini-program`);
    return readFileSync(path);
  }

  /** @param {string} file */
  text(file) {
    return this.bytes(file).toString('utf8');
  }

  /** @param {string} file */
  json(file) {
    const text = this.text(file);
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new MiniProgramError(`${file} is not JSON: ${error instanceof Error ? error.message : error}`);
    }
  }

  /**
   * Returns the paths of all files, except for what is no part of a mini-program.
   * @param {string} [below]
   * @returns {string[]}
   */
  files(below = this.root) {
    return readdirSync(below, { withFileTypes: true }).flatMap((entry) => {
      const path = join(below, entry.name);
      if (entry.isDirectory())
        return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : this.files(path);
      return entry.isFile() ? [relative(this.root, path).split(sep).join('/')] : [];
    });
  }
}
