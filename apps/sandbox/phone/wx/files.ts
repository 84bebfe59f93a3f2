import { html, htmlButton } from '../html.js';
import { fileOf, keep, remove, save, USER_DATA_PATH } from '../runtime/files.js';
import { openSheet } from '../runtime/sheet.js';
import { isInTap } from '../runtime/tap.js';
import { answer, type Callbacks, Failure } from './callbacks.js';
import { reportingLacks } from './lacks.js';

interface SaveOptions extends Callbacks {
  tempFilePath: string;
}

interface WriteOptions extends Callbacks {
  filePath: string;
  data: string | ArrayBuffer;
  encoding?: string;
}

interface ShareOptions extends Callbacks {
  filePath: string;
  fileName?: string;
}

const fileSystemManager = reportingLacks('FileSystemManager', {
  saveFile: (options: SaveOptions) =>
    answer('saveFile', { fail: () => undefined, ...options }, () => {
      const savedFilePath = save(options.tempFilePath);
      if (savedFilePath === undefined) throw new Failure('tempFilePath file not exist');
      return { savedFilePath };
    }),
  writeFile: ({ filePath, data, encoding = 'utf8', ...callbacks }: WriteOptions) =>
    answer('writeFile', { fail: () => undefined, ...callbacks }, async () => {
      if (!/^utf-?8$/.test(encoding)) throw new Failure(`invalid encoding ${encoding}`);
      const written = await keep(new Blob([data]), filePath, filePath);
      if (written === undefined) throw new Failure('permission denied');
    }),
  unlink: ({ filePath, ...callbacks }: Callbacks & { filePath: string }) =>
    answer('unlink', { fail: () => undefined, ...callbacks }, () => {
      if (!remove(filePath)) throw new Failure('no such file or directory');
      return undefined;
    }),
});

/**
 * `wx.shareFileMessage`: the one chat of this phone gives the file to the browser as a download.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/share/wx.shareFileMessage.html
 */
function shareFileMessage({ filePath, fileName, ...callbacks }: ShareOptions) {
  const isAllowed = isInTap();
  return answer('shareFileMessage', callbacks, async () => {
    if (!isAllowed) throw new Failure('can only be invoked by user TAP gesture.');
    const file = fileOf(filePath);
    if (!file) throw new Failure('file not found');
    const name = fileName ?? file.name;
    const choice = await openSheet('bottom', '发送给', (choose) => [
      html('p', 'bottom-title', `发送给：${name}`),
      htmlButton('bottom-item', '文件传输助手', () => choose(1)),
      htmlButton('bottom-item bottom-cancel', '取消', () => choose()),
    ]);
    if (choice !== 1) throw new Failure('cancel');
    download(file, name);
    return undefined;
  });
}

function download(file: File, name: string): void {
  const link = html('a', '');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** @see https://developers.weixin.qq.com/miniprogram/dev/api/file/FileSystemManager.saveFile.html */
export const fileFunctions = {
  getFileSystemManager: () => fileSystemManager,
  shareFileMessage,
  env: { USER_DATA_PATH },
};
