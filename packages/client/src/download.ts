import type { Answer } from './exchange.js';
import type { Passport } from './passport-types.js';
import type { PortFunction } from './port.js';
import { startTransfer } from './transfer.js';
import type { Progress } from './transfer.js';
import type { CallOptions, Pending } from './call.js';

/** A file to fetch. */
export interface Download extends CallOptions {
  /** Where to store it on the phone. Default: a temporary file. */
  filePath?: string;
  onProgress?: (progress: Progress) => void;
}

/** Where the file is. */
export interface Downloaded {
  tempFilePath?: string;
  filePath?: string;
}

/**
 * Fetches a file in the user's name, up to three times, as `request` does with a GET.
 * @throws {Problem} as `request`; the body of a refusal is a file and is not read, so its code is `answer_unreadable`
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/network/download/wx.downloadFile.html
 */
export function download(passport: Passport, file: Download): Pending<Answer<Downloaded>> {
  const { filePath, onProgress, ...call } = file;
  const own = filePath === undefined ? {} : { filePath };
  return passport.transfer<Downloaded>(
    Object.assign({ timeoutMs: 60_000 }, call, { method: 'GET' as const }),
    (port, options) => {
      const success = (received: Record<string, unknown> | undefined) => {
        const { statusCode, header, tempFilePath, filePath: stored } = received || {};
        options.success({ statusCode, header, data: { tempFilePath, filePath: stored } });
      };
      return startTransfer(
        port.downloadFile as PortFunction,
        Object.assign(own, options, { success }),
        onProgress,
      );
    },
  );
}
