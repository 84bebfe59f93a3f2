import { save } from '../runtime/files.js';
import { answer, type Callbacks, Failure } from './callbacks.js';

interface SaveOptions extends Callbacks {
  tempFilePath: string;
}

const fileSystemManager = {
  saveFile: (options: SaveOptions) =>
    answer('saveFile', { fail: () => undefined, ...options }, () => {
      const savedFilePath = save(options.tempFilePath);
      if (savedFilePath === undefined) throw new Failure('tempFilePath file not exist');
      return { savedFilePath };
    }),
};

/** @see https://developers.weixin.qq.com/miniprogram/dev/api/file/FileSystemManager.saveFile.html */
export const fileFunctions = { getFileSystemManager: () => fileSystemManager };
