import type { Answer } from './exchange.js';
import type { Json } from './json.js';
import type { Passport } from './passport-types.js';
import type { PortFunction } from './port.js';
import { startTransfer } from './transfer.js';
import type { Progress } from './transfer.js';
import type { CallOptions, Pending } from './call.js';

/** A file to send as `multipart/form-data`. */
export interface Upload extends CallOptions {
  /** The path of the file on the phone, such as that of a chosen picture. */
  filePath: string;
  /** The name of the part. */
  name: string;
  formData?: Readonly<Record<string, string>>;
  onProgress?: (progress: Progress) => void;
}

/**
 * Uploads a file with the user's access token. Tries once, like `request` with POST.
 * @throws {Problem} as `request`
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/network/upload/wx.uploadFile.html
 */
export function upload<Body = Json>(passport: Passport, file: Upload): Pending<Answer<Body>> {
  const { filePath, name, formData, onProgress, ...call } = file;
  const own = Object.assign({ filePath, name }, formData && { formData });
  return passport.transfer<Body>(
    Object.assign({ timeoutMs: 60_000 }, call, { method: 'POST' as const }),
    (port, options) =>
      startTransfer(port.uploadFile as PortFunction, Object.assign(own, options), onProgress),
  );
}
