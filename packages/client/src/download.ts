import type { Answer } from './exchange.js';
import type { Passport } from './passport-types.js';
import type { PortFunction } from './port.js';
import { startTransfer } from './transfer.js';
import type { Progress } from './transfer.js';
import type { CallOptions, Pending } from './call.js';

/** A file to download. */
export interface Download extends CallOptions {
  /** Where to store it on the phone. Default: a temporary file. */
  filePath?: string;
  onProgress?: (progress: Progress) => void;
}

/** The location of the downloaded file. */
export interface Downloaded {
  tempFilePath?: string;
  filePath?: string;
}

/**
 * Downloads a file with the user's access token. Tries up to three times, like `request` with GET.
 * @throws {Problem} as `request`. The platform stores the body of an error as a file, so its code is `answer_unreadable`
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
