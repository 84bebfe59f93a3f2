import { fileOf } from '../runtime/files.js';
import { answer, type Callbacks, Failure } from './callbacks.js';
import { send } from './send.js';

interface UploadOptions extends Callbacks {
  url: string;
  filePath: string;
  name: string;
  header?: Record<string, string>;
  formData?: Record<string, string>;
  timeout?: number;
}

/**
 * `wx.uploadFile`: a form with one file of this phone. The answer's `data` is always text.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/network/upload/wx.uploadFile.html
 */
export function uploadFile(options: UploadOptions) {
  const abort = new AbortController();
  void answer('uploadFile', { fail: () => undefined, ...options }, async () => {
    const file = fileOf(options.filePath);
    if (!file) throw new Failure('file not found');
    const body = new FormData();
    for (const [name, value] of Object.entries(options.formData ?? {})) body.set(name, value);
    body.set(options.name, file);
    const { url, header = {}, timeout } = options;
    const sent = { url, method: 'POST', header, body, timeoutMs: timeout, signal: abort.signal };
    const answered = await send(sent);
    return { ...answered, data: await answered.data.text() };
  });
  return {
    abort: () => {
      abort.abort(new Failure('abort'));
    },
  };
}
