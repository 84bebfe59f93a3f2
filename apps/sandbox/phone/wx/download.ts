import { keep } from '../runtime/files.js';
import { answer, type Callbacks, Failure } from './callbacks.js';
import { type Progress, send } from './send.js';

interface DownloadOptions extends Callbacks {
  url: string;
  filePath?: string;
  header?: Record<string, string>;
  timeout?: number;
}

type ProgressListener = (progress: Progress) => void;
type HeadersListener = (result: { header: Record<string, string> }) => void;

/**
 * `wx.downloadFile`: a GET to a domain of the list, whose answer becomes a file with any status. It returns a
 * task and no promise.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/network/download/wx.downloadFile.html
 */
export function downloadFile(options: DownloadOptions) {
  const abort = new AbortController();
  const onProgress = new Set<ProgressListener>();
  const onHeaders = new Set<HeadersListener>();
  void answer('downloadFile', { fail: () => undefined, ...options }, async () => {
    const { url, filePath, header = {}, timeout } = options;
    const { statusCode, data } = await send({
      url,
      method: 'GET',
      header,
      body: undefined,
      timeoutMs: timeout,
      signal: abort.signal,
      onHeaders: (answered) => {
        for (const listener of onHeaders) listener({ header: answered });
      },
      onProgress: (progress) => {
        for (const listener of onProgress) listener(progress);
      },
    });
    const path = await keep(data, url, filePath);
    if (path === undefined) throw new Failure('permission denied');
    return { statusCode, ...(filePath === undefined ? { tempFilePath: path } : { filePath: path }) };
  });
  return {
    abort: () => {
      abort.abort(new Failure('abort'));
    },
    onProgressUpdate: (listener: ProgressListener) => void onProgress.add(listener),
    offProgressUpdate: (listener?: ProgressListener) => {
      remove(onProgress, listener);
    },
    onHeadersReceived: (listener: HeadersListener) => void onHeaders.add(listener),
    offHeadersReceived: (listener?: HeadersListener) => {
      remove(onHeaders, listener);
    },
  };
}

function remove<T>(listeners: Set<T>, listener: T | undefined): void {
  if (listener) listeners.delete(listener);
  else listeners.clear();
}
